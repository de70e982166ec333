package dev.cardea.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Plain JUnit tests, not {@code @ArchTest} fields: those need an engine of their own, and where Surefire does not find it,
 * nothing runs and everything is green.
 */
class CoreArchitectureTest {

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/dev/cardea/testkit/"))
            .importPackages("dev.cardea");
    private static final JavaClasses OFFENCES =
            new ClassFileImporter().importPackages("dev.cardea.architecture.offences");

    @TestFactory
    Stream<DynamicTest> core() {
        return CoreRules.all().entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(), () -> rule.getValue().check(CORE)));
    }

    @Test
    void looksAtTheClassesOfCoreAndNotAtTests() {
        assertThat(CORE.stream().map(JavaClass::getName))
                .contains(
                        "dev.cardea.Authentication",
                        CoreRules.VERIFIED_TOKEN,
                        CoreRules.CONFIRMED_TOKEN,
                        CoreRules.AUTHENTIC_CLAIMS)
                .doesNotContain(getClass().getName());
    }

    /** A rule that cannot fail proves nothing; these are the ones a single foreign class can break. */
    @TestFactory
    Stream<DynamicTest> eachRuleFindsItsOffender() {
        Set<String> aboutOneType = new HashSet<>();
        aboutOneType.add("a VerifiedToken is made where the token was verified");
        aboutOneType.add("a ConfirmedToken is made where possession was confirmed");
        aboutOneType.add("claims are called authentic only by those who checked them");
        aboutOneType.add("the API mentions only itself and java");
        return CoreRules.all().entrySet().stream()
                .filter(rule -> !aboutOneType.contains(rule.getKey()))
                .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> assertBreaks(rule.getValue())));
    }

    @Test
    void findsAForeignTypeInAPublicSignature() {
        String api = "dev.cardea.architecture.offences";
        assertBreaks(PublicApi.mentionsOnlyItself(api));
        PublicApi.mentionsOnlyItself(api, api + ".below").check(OFFENCES);
    }

    @Test
    void findsAPlaceThatMakesEvidenceElsewhere() {
        String evidence = "org.jose4j.jwt.JwtClaims";
        assertBreaks(CoreRules.madeOnlyIn(evidence, "dev.cardea.token"));
        CoreRules.madeOnlyIn(evidence, "dev.cardea.architecture.offences").check(OFFENCES);
    }

    @Test
    void findsAClockReadThroughAMethodReference() {
        assertThat(CoreRules.all()
                        .get("time is handed in")
                        .evaluate(OFFENCES)
                        .getFailureReport()
                        .getDetails())
                .anySatisfy(detail -> assertThat(detail).contains("System.nanoTime()"))
                .anySatisfy(detail -> assertThat(detail).contains("Instant.now()"));
    }

    private static void assertBreaks(ArchRule rule) {
        assertThat(rule.evaluate(OFFENCES).hasViolation())
                .as(rule.getDescription())
                .isTrue();
    }
}
