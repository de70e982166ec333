package dev.cardea.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** The contract fails where it should. */
class ContractFindsWeaknessesTest {

    /** They ask that valid requests are granted, or that an answer keeps something to itself. */
    private static final Set<String> MAY_PASS_WHEN_ALL_IS_GRANTED = Set.of(
            "aTokenInTheAuthorizationHeaderIsAccepted",
            "severalSpacesMaySeparateSchemeAndToken",
            "openEndpointsNeedNoToken",
            "traceDoesNotEchoTheToken",
            "everyAnswerNamesItsRequest",
            "aTraceGivesTheAnswerItsName",
            "aPreflightIsAnsweredAndReachesNothing",
            "noOtherPageMay");

    @ParameterizedTest
    @EnumSource
    void findsTheWeakness(Weakness weakness) {
        WeakServerCase.weakness = weakness;

        Events tests = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(WeakServerCase.class))
                .filters(half(weakness))
                .execute()
                .testEvents();

        assertThat(tests.started().count()).isGreaterThan(weakness.isOfProofs() ? 200 : 300);
        assertThat(tests.failed().count()).as(weakness.name()).isPositive();
        if (weakness == Weakness.GRANTS_EVERYTHING) {
            assertThat(passed(tests)).isSubsetOf(MAY_PASS_WHEN_ALL_IS_GRANTED);
        }
    }

    /** Bound tokens or the others, which have nothing to do with each other; everything where everything is granted. */
    private static PostDiscoveryFilter half(Weakness weakness) {
        return test -> FilterResult.includedIf(weakness == Weakness.GRANTS_EVERYTHING
                || weakness.isOfProofs()
                        == test.getTags().stream().anyMatch(tag -> tag.getName().matches("D[0-9]+")));
    }

    private static Set<String> passed(Events tests) {
        return tests.succeeded().stream()
                .map(Event::getTestDescriptor)
                .flatMap(descriptor -> descriptor.getUniqueId().getSegments().stream())
                .filter(segment ->
                        segment.getType().equals("method") || segment.getType().equals("test-template"))
                .map(segment -> segment.getValue().replaceFirst("^.*#(.*)\\(.*$", "$1"))
                .collect(Collectors.toSet());
    }
}
