package dev.cardea.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** No requirement that core answers for loses its last test here: servers' tests are too far away. */
class RequirementTagsTest {

    @Test
    void eachRequirementStandsOnATestOfCore() {
        Set<String> missing = new TreeSet<>(required());
        missing.removeAll(tagsOfTests());

        assertThat(missing).isEmpty();
    }

    /** Or the test above could pass because everything looks like a test or like a tag. */
    @Test
    @Tag("X03")
    @Tag("X04")
    void onlyTagsOnTestsThatRunCount() {
        assertThat(required()).hasSize(57).contains("B05", "B18", "C02", "I12", "I21", "N22", "T08", "X01");
        assertThat(tagsOfTests()).contains("X03", "X04").doesNotContain("Z01", "Z02");
    }

    private static List<String> required() {
        return Stream.of(
                        ids("B", 1, 22),
                        ids("C", 2, 5),
                        ids("G", 1, 2),
                        ids("I", 1, 12),
                        ids("I", 15, 17),
                        ids("I", 21, 21),
                        ids("N", 13, 13),
                        ids("N", 17, 17),
                        ids("N", 22, 23),
                        ids("T", 1, 8),
                        ids("X", 1, 1))
                .flatMap(ids -> ids)
                .toList();
    }

    private static Stream<String> ids(String group, int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(number -> group + (number < 10 ? "0" : "") + number);
    }

    private static Set<String> tagsOfTests() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.OnlyIncludeTests()).importPackages("dev.cardea").stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isMetaAnnotatedWith(Testable.class))
                        .map(JavaMethod::reflect)
                        .filter(method -> !method.isAnnotationPresent(Disabled.class)
                                && !method.getDeclaringClass().isAnnotationPresent(Disabled.class))
                        .flatMap(RequirementTagsTest::tags)
                        .collect(Collectors.toSet());
    }

    private static Stream<String> tags(Method method) {
        return Stream.of(method, method.getDeclaringClass())
                .flatMap(element -> AnnotationSupport.findRepeatableAnnotations(element, Tag.class).stream())
                .map(Tag::value);
    }

    /** Nested, so that nobody runs it. */
    static final class Offences {

        @Test
        @Disabled("so that its tag does not count")
        @Tag("Z01")
        void aTestThatIsDisabled() {}

        @Tag("Z02")
        void noTest() {}
    }
}
