package dev.cardea;

import dev.cardea.confirmation.SenderConstraints;
import dev.cardea.dpop.MemoryReplayStore;
import dev.cardea.dpop.ReplayStatistics;
import org.jspecify.annotations.Nullable;

/** The numbers of one resource server at one moment. */
final class ProofNumbers implements ProofStatistics {
    private static final ReplayStatistics NONE = new ReplayStatistics(0, 0, 0, 0, 0, 0);

    private final ReplayStatistics marks;
    private final long unmarked;
    private final long stray;

    /** @param marks null where proofs are not checked */
    ProofNumbers(@Nullable MemoryReplayStore marks, SenderConstraints constraints) {
        this.marks = marks == null ? NONE : marks.statistics();
        this.unmarked = constraints.unmarkedProofs();
        this.stray = constraints.strayProofs();
    }

    @Override
    public int getMarks() {
        return marks.marks();
    }

    @Override
    public int getMaxMarks() {
        return marks.maxMarks();
    }

    @Override
    public long getReplays() {
        return marks.replays();
    }

    @Override
    public long getTurnedAway() {
        return marks.full() + marks.overQuota() + marks.doubtful();
    }

    @Override
    public long getUnmarked() {
        return unmarked;
    }

    @Override
    public long getStray() {
        return stray;
    }
}
