package dev.cardea.interleaving;

import static org.jetbrains.kotlinx.lincheck.strategy.managed.ManagedStrategyGuaranteeKt.forClasses;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.LinChecker;
import org.jetbrains.kotlinx.lincheck.annotations.Operation;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.strategy.managed.modelchecking.ModelCheckingOptions;
import org.jetbrains.kotlinx.lincheck.strategy.stress.StressOptions;

/**
 * Whether the operations of a class, whatever the interleaving, end as those of a simple class would, one after the other
 * ({@code alone}: the same methods, for one thread). In every build a little of it; in the profile {@code long}, which sets {@code cardea.interleavings}, that many times as much.
 */
public final class Interleavings {
    private static final int MUCH = Integer.getInteger("cardea.interleavings", 1);

    private Interleavings() {}

    /** One thread at a time, switched where memory is shared: the given scenarios, and in the profile long invented ones too. */
    @SafeVarargs
    public static void check(Class<?> operations, Class<?> alone, List<String>... scenarios) {
        ModelCheckingOptions options = new ModelCheckingOptions()
                .sequentialSpecification(alone)
                .minimizeFailedScenario(false)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(1)
                .iterations(MUCH - 1)
                .invocationsPerIteration(MUCH == 1 ? 40 : 2_000)
                // Behind a lock, or atomic by contract: nothing to be tried inside.
                .addGuarantee(forClasses(
                                "java.util.HashMap",
                                "java.util.LinkedHashMap",
                                "java.util.ArrayDeque",
                                "java.util.concurrent.ConcurrentHashMap",
                                "java.util.concurrent.atomic.LongAdder")
                        .allMethods()
                        .treatAsAtomic());
        for (List<String> scenario : scenarios) {
            options.addCustomScenario(scenario(operations, scenario));
        }
        LinChecker.check(operations, options);
    }

    /** Threads of the machine, in scenarios that are invented. */
    public static void stress(Class<?> operations, Class<?> alone) {
        LinChecker.check(
                operations,
                new StressOptions()
                        .sequentialSpecification(alone)
                        .threads(3)
                        .actorsPerThread(3)
                        .iterations(3 * MUCH)
                        .invocationsPerIteration(MUCH == 1 ? 300 : 5_000));
    }

    /** One element per thread, its operations with their numbers in order: {@code "write 3, ask"}. */
    private static ExecutionScenario scenario(Class<?> operations, List<String> threads) {
        List<List<Actor>> parallel = new ArrayList<>();
        for (String thread : threads) {
            parallel.add(Stream.of(thread.split(", "))
                    .map(call -> actor(operations, call.split(" ")))
                    .toList());
        }
        return new ExecutionScenario(List.of(), parallel, List.of(), null);
    }

    private static Actor actor(Class<?> operations, String[] call) {
        Method method = Stream.of(operations.getMethods())
                .filter(m ->
                        m.isAnnotationPresent(Operation.class) && m.getName().equals(call[0]))
                .findAny()
                .orElseThrow();
        return new Actor(method, Stream.of(call).skip(1).map(Integer::valueOf).toList());
    }
}
