package dev.cardea.bundle;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/** What only this module can see: all adapters at once. Plain JUnit, see {@code CoreArchitectureTest}. */
class AdapterArchitectureTest {

    private static final JavaClasses CARDEA = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.cardea");
    private static final JavaClasses OFFENCES = new ClassFileImporter().importPackages("dev.cardea.bundle.offences");

    @Test
    void adaptersNeverImportEachOther() {
        strangers("dev.cardea").check(CARDEA);
    }

    @Test
    void anAdapterThatImportsAnotherIsFound() {
        assertThat(strangers("dev.cardea.bundle.offences")
                        .evaluate(OFFENCES)
                        .getFailureReport()
                        .getDetails())
                .anySatisfy(detail -> assertThat(detail).contains("servlet.Answered"));
    }

    @Test
    void adaptersLeaveTheLibrariesToCore() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.cardea.servlet..", "dev.cardea.jaxrs..", "dev.cardea.cdi..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jose4j..", "org.ehcache..", "org.slf4j..", "java.net.http..")
                .check(CARDEA);
    }

    private static ArchRule strangers(String root) {
        return SlicesRuleDefinition.slices()
                .matching(root + ".(servlet|jaxrs|cdi)..")
                .should()
                .notDependOnEachOther();
    }
}
