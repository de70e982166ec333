package dev.cardea.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plays what the fuzzer found, and what it began with, on a stack as small as servers have them. */
class SeedsTest {
    private static final int STACK = 512 * 1024;

    @ParameterizedTest
    @EnumSource
    void everySeedEndsInARefusalOrIsAccepted(Seeds seeds) throws Exception {
        List<byte[]> all = seeds.all();
        FutureTask<Integer> run = new FutureTask<>(() -> {
            all.forEach(seeds::run);
            return all.size();
        });
        new Thread(null, run, "seeds", STACK).start();

        assertThat(run.get(60, TimeUnit.SECONDS)).isEqualTo(all.size()).isGreaterThan(50);
    }

    @ParameterizedTest
    @EnumSource
    void theFuzzerHasFoundSome(Seeds seeds) throws Exception {
        assertThat(seeds.found()).hasSizeGreaterThan(20).doesNotHaveDuplicates();
        assertThat(seeds.made()).isNotEmpty();
    }
}
