package dev.cardea.resilience;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A circuit breaker as one would describe it: slow, and for one thread. Calls are numbers. */
class ObviousBreaker {
    enum Outcome {
        SUCCESS,
        FAILURE,
        NONE
    }

    private final int failures;
    private final int window;
    private final long openFor;
    private final int probes;
    private final long probeTime;

    private final List<Boolean> lastCallsFailed = new ArrayList<>();
    private final Map<Integer, Long> callsOfThisTime = new HashMap<>(); // when each began
    private String state = "closed";
    private long openedAt;
    private int numbers;
    long opened;

    ObviousBreaker(int failures, int window, long openFor, int probes, long probeTime) {
        this.failures = failures;
        this.window = window;
        this.openFor = openFor;
        this.probes = probes;
        this.probeTime = probeTime;
    }

    /** The number of the call, or -1 if there is none. */
    int begin(long now) {
        if (state.equals("open") && now - openedAt >= openFor) {
            enter("half-open");
        }
        if (state.equals("open")) {
            return -1;
        }
        if (state.equals("half-open")) {
            callsOfThisTime.values().removeIf(begun -> now - begun >= probeTime);
            if (callsOfThisTime.size() >= probes) {
                return -1;
            }
        }
        callsOfThisTime.put(++numbers, now);
        return numbers;
    }

    /** Whether it was closed and is not, or the other way round. */
    boolean end(int call, Outcome outcome, long now) {
        if (callsOfThisTime.remove(call) == null || outcome == Outcome.NONE) {
            return false;
        }
        boolean failed = outcome == Outcome.FAILURE;
        if (state.equals("half-open")) {
            enter(failed ? "open" : "closed");
            openedAt = now;
            return !failed;
        }
        lastCallsFailed.add(failed);
        if (lastCallsFailed.size() > window) {
            lastCallsFailed.remove(0);
        }
        if (lastCallsFailed.stream().filter(each -> each).count() < failures) {
            return false;
        }
        enter("open");
        openedAt = now;
        opened++;
        return true;
    }

    private void enter(String next) {
        state = next;
        lastCallsFailed.clear();
        callsOfThisTime.clear();
    }

    String state() {
        return state;
    }
}
