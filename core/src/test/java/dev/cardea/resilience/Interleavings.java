package dev.cardea.resilience;

import org.jetbrains.kotlinx.lincheck.LinChecker;
import org.jetbrains.kotlinx.lincheck.strategy.managed.modelchecking.ModelCheckingOptions;
import org.jetbrains.kotlinx.lincheck.strategy.stress.StressOptions;

/** Has Lincheck compare what threads see of {@code real} with what one thread sees of {@code obvious}. */
final class Interleavings {
    private Interleavings() {}

    /** Those that a scheduler of its own puts together. */
    static void ofAScheduler(Class<?> real, Class<?> obvious) {
        LinChecker.check(
                real,
                new ModelCheckingOptions()
                        .sequentialSpecification(obvious)
                        .threads(3)
                        .actorsPerThread(2)
                        .actorsBefore(3)
                        .actorsAfter(1)
                        .minimizeFailedScenario(false)
                        .iterations(Integer.getInteger("cardea.lincheck.iterations", 5))
                        .invocationsPerIteration(Integer.getInteger("cardea.lincheck.invocations", 100)));
    }

    /** Those that happen on real threads. */
    static void ofRealThreads(Class<?> real, Class<?> obvious) {
        LinChecker.check(
                real,
                new StressOptions()
                        .sequentialSpecification(obvious)
                        .threads(3)
                        .actorsPerThread(4)
                        .actorsBefore(3)
                        .actorsAfter(2)
                        .minimizeFailedScenario(false)
                        .iterations(Integer.getInteger("cardea.lincheck.iterations", 5))
                        .invocationsPerIteration(Integer.getInteger("cardea.lincheck.invocations", 500)));
    }
}
