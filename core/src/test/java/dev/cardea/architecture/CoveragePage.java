package dev.cardea.architecture;

import dev.cardea.architecture.Specifications.Group;
import dev.cardea.architecture.Specifications.Line;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** {@code docs/spec-coverage.md}, made from {@link Specifications} and the tags of all tests. */
final class CoveragePage {
    private static final String INTRODUCTION = """
            # What the specifications ask for, and which test holds it

            <!-- Made by SpecCoverageTest from requirements.txt beside it and from the tags of all tests: change those, then run
                 mvn -Dquick -pl core -am test -Dtest=SpecCoverageTest -Dcardea.docs.write=true -Dsurefire.failIfNoSpecifiedTests=false -->

            Each line is a requirement in our words, with the clause it comes from and that specification's own word for how binding
            it is; "policy" is our decision where the specification leaves it open. Below it stand the tests that carry its id as a
            tag. Those under "accepts" show that the right thing passes, those under "refuses" that the wrong one does not; a test
            that starts from something valid, breaks one thing and tries both is under both. What is not in this version says so.

            The build fails when this page is not what the tests say, when a tag names a requirement that is not here, when a
            requirement that is done has no test of `core`, and when one of T, W, A, I or J lacks either kind, but for what is only
            sent or passed on. Tests of `it` and the contracts of `testkit` run on each server.

            """;

    private CoveragePage() {}

    static String render(Specifications specifications, List<TaggedTest> tests) {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        page.append("| | done | not in this version |\n|---|---|---|\n");
        for (Group group : specifications.groups()) {
            long done = group.lines().stream().filter(Line::done).count();
            page.append("| ").append(group.heading()).append(" | ").append(done).append(" | ");
            page.append(group.lines().size() - done).append(" |\n");
        }
        for (Group group : specifications.groups()) {
            page.append("\n## ").append(group.heading()).append('\n');
            group.lines().forEach(line -> describe(page, line, tests));
        }
        return page.toString();
    }

    private static void describe(StringBuilder page, Line line, List<TaggedTest> tests) {
        page.append("\n**").append(line.id()).append("** ").append(line.clause());
        page.append(line.level().isEmpty() ? "" : " · " + line.level())
                .append(" · ")
                .append(line.text());
        page.append("  \n");
        if (!line.done()) {
            page.append("*Not in this version:* ").append(line.remark()).append("  \n");
        } else if (!line.remark().isEmpty()) {
            page.append("*Note:* ").append(line.remark()).append("  \n");
        }
        List<TaggedTest> own =
                tests.stream().filter(test -> test.has(line.id())).toList();
        list(page, "accepts", own, test -> test.has("accepts"));
        list(page, "refuses", own, test -> test.has("refuses"));
        list(page, "tests", own, test -> !test.has("accepts") && !test.has("refuses"));
    }

    /** By class, each with its module where that is not core. */
    private static void list(StringBuilder page, String title, List<TaggedTest> tests, Predicate<TaggedTest> which) {
        Map<String, Map<String, List<String>>> modules = tests.stream()
                .filter(which)
                .collect(Collectors.groupingBy(
                        TaggedTest::module,
                        LinkedHashMap::new,
                        Collectors.groupingBy(
                                TaggedTest::type,
                                TreeMap::new,
                                Collectors.mapping(TaggedTest::method, Collectors.toList()))));
        modules.forEach((module, types) -> types.forEach((type, methods) -> page.append("- ")
                .append(title)
                .append(module.equals("core") ? "" : " (" + module + ")")
                .append(": `")
                .append(type)
                .append("` ")
                .append(String.join(", ", methods))
                .append('\n')));
    }
}
