package dev.cardea.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.architecture.Specifications.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No requirement loses its last test, and {@code docs/spec-coverage.md} says which ones it has. */
class SpecCoverageTest {
    private static final String COMMAND =
            "mvn -Dquick -pl core -am test -Dtest=SpecCoverageTest -Dcardea.docs.write=true -Dsurefire.failIfNoSpecifiedTests=false";
    /** Surefire runs a module's tests in the module's folder. */
    private static final Path ROOT = Path.of("..");

    private static final Path PAGE = ROOT.resolve("docs/spec-coverage.md");
    private static final Pattern ID = Pattern.compile("[A-Z][0-9]{2}");
    /** Of these, each has a test that accepts and one that refuses. */
    private static final Set<String> BOTH = Set.of("T", "W", "A", "I", "J", "D", "M");
    /** What we send, and what we pass on as it is: nothing could be refused. */
    private static final Set<String> NOTHING_TO_REFUSE = Set.of("I01", "I02", "I20", "D20", "D27");
    /** Held only where a whole server runs. */
    private static final Set<String> ELSEWHERE = Set.of("N18", "M16");

    private final Specifications specifications = Specifications.read();

    @Test
    void theCommittedPageIsWhatTheTestsSay() throws IOException {
        String page = CoveragePage.render(specifications, TaggedTest.in(ROOT));
        if (Boolean.getBoolean("cardea.docs.write")) {
            Files.writeString(PAGE, page);
        }
        String committed = Files.exists(PAGE) ? Files.readString(PAGE).replace("\r\n", "\n") : "";

        assertThat(committed.equals(page))
                .as("docs/spec-coverage.md is stale; run: " + COMMAND)
                .isTrue();
        assertThat(page).contains(COMMAND);
    }

    @Test
    void everyTagNamesARequirement() throws IOException {
        assertThat(unknown(TaggedTest.in(ROOT))).isEmpty();
    }

    @Test
    void eachRequirementThatIsDoneStandsOnATestOfCore() throws IOException {
        Set<String> missing = untested(ofCore(), test -> true, Line::done);
        missing.removeAll(ELSEWHERE);

        assertThat(missing).isEmpty();
        assertThat(specifications.lines().filter(Line::done).map(Line::id))
                .hasSizeGreaterThan(100)
                .contains("B05", "B18", "C02", "I12", "I21", "N22", "T08", "X01");
    }

    @Test
    void eachOfTheSpecificationsOfTokensAndIntrospectionHasATestThatAcceptsAndOneThatRefuses() throws IOException {
        Predicate<Line> both =
                line -> line.done() && BOTH.contains(line.id().substring(0, 1)) && !ELSEWHERE.contains(line.id());
        Set<String> missing = new TreeSet<>();
        untested(ofCore(), test -> test.has("accepts"), both).forEach(id -> missing.add(id + " accepts"));
        untested(ofCore(), test -> test.has("refuses"), both.and(line -> !NOTHING_TO_REFUSE.contains(line.id())))
                .forEach(id -> missing.add(id + " refuses"));

        assertThat(missing).isEmpty();
        assertThat(specifications.lines().filter(both)).hasSize(131);
    }

    @Test
    void noRequirementIsListedTwice() {
        Set<String> seen = new HashSet<>();
        assertThat(specifications.lines().map(Line::id)).allMatch(seen::add);
    }

    /** Or the tests above could pass because everything looks like a test, or like a tag. */
    @Test
    void onlyTagsOnTestsThatRunCount(@TempDir Path folder) throws IOException {
        Path source = Files.writeString(folder.resolve("SampleTest.java"), """
                @Tag("T01")
                class SampleTest {
                    @Test @Tag("T02") @Tag("accepts") void runs() {}

                    @ParameterizedTest @Tag("refuses") void runsToo(int number) {}

                    @Test @Disabled("for a reason") @Tag("T03") void doesNotRun() {}

                    @Tag("T04") void isNoTest() {}

                    // @Test @Tag("T05") void isAComment() {}
                    class Inner { @org.junit.Test void isNone() {} @Test @Tag("Z01") void runsInside() {} }

                    @Disabled class Off { @Test @Tag("T06") void doesNotRunEither() {} }
                }
                """);

        List<TaggedTest> tests = TaggedTest.parsed("core", List.of(source));

        assertThat(tests)
                .containsExactly(
                        new TaggedTest("core", "Inner", "runsInside", Set.of("T01", "Z01")),
                        new TaggedTest("core", "SampleTest", "runs", Set.of("T01", "T02", "accepts")),
                        new TaggedTest("core", "SampleTest", "runsToo", Set.of("T01", "refuses")));
        assertThat(unknown(tests)).containsExactly("Z01");
        assertThat(untested(tests, test -> true, line -> line.id().startsWith("T")))
                .contains("T03", "T04", "T05", "T06")
                .doesNotContain("T01", "T02");
        assertThat(untested(
                        tests, test -> test.has("refuses"), line -> line.id().startsWith("T")))
                .contains("T02")
                .doesNotContain("T01");
        assertThat(CoveragePage.render(specifications, tests))
                .contains(
                        "- accepts: `SampleTest` runs\n- refuses: `SampleTest` runsToo\n- tests: `Inner` runsInside\n");
    }

    private static List<TaggedTest> ofCore() throws IOException {
        return TaggedTest.in(ROOT).stream()
                .filter(test -> test.module().equals("core"))
                .toList();
    }

    private Set<String> untested(List<TaggedTest> tests, Predicate<TaggedTest> which, Predicate<Line> lines) {
        Set<String> tested = tests.stream()
                .filter(which)
                .flatMap(test -> test.tags().stream())
                .collect(Collectors.toSet());
        return specifications
                .lines()
                .filter(lines)
                .map(Line::id)
                .filter(id -> !tested.contains(id))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> unknown(List<TaggedTest> tests) {
        Set<String> known = specifications.lines().map(Line::id).collect(Collectors.toSet());
        return tests.stream()
                .flatMap(test -> test.tags().stream())
                .filter(tag -> ID.matcher(tag).matches() && !known.contains(tag))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
