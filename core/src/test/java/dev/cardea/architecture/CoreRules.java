package dev.cardea.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Calendar;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The rules about core that a compiler cannot see, by the sentence that each of them states. */
final class CoreRules {

    static final String VERIFIED_TOKEN = "dev.cardea.token.VerifiedToken";
    static final String CONFIRMED_TOKEN = "dev.cardea.confirmation.ConfirmedToken";
    static final String AUTHENTIC_CLAIMS = "dev.cardea.token.AuthenticClaims";

    private static final Set<String> SYSTEM_TIME = Set.of("currentTimeMillis", "nanoTime");

    private CoreRules() {}

    static Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put(
                "core knows no container",
                noClasses().should().dependOnClassesThat().resideInAPackage("jakarta.."));
        rules.put(
                "JOSE is verified in few places",
                confined(
                        "org.jose4j..",
                        "dev.cardea.jose..",
                        "dev.cardea.jwe..",
                        "dev.cardea.jwt..",
                        "dev.cardea.confirmation.."));
        rules.put("Ehcache stays behind dev.cardea.cache", confined("org.ehcache..", "dev.cardea.cache.."));
        rules.put("JSR 107 is not used", confined("javax.cache..", "dev.cardea.cache.."));
        rules.put("HTTP goes out through dev.cardea.http", confined("java.net.http..", "dev.cardea.http.."));
        rules.put("MicroProfile Config is optional, so one class loads it", microProfileConfigInOneClass());
        rules.put("packages have no cycles", noPackageCycles());
        rules.put("time is handed in", timeIsHandedIn());
        rules.put("nothing is serialized by Java", nothingIsSerialized());
        rules.put(
                "logging is System.Logger",
                noClasses().should().dependOnClassesThat().resideInAnyPackage("java.util.logging..", "org.slf4j.."));
        rules.put("nothing is kept per thread but the current caller", nothingIsKeptPerThread());
        rules.put("nothing prints", noClasses().should(ACCESS_STANDARD_STREAMS));
        rules.put(
                "the API mentions only itself and java", PublicApi.mentionsOnlyItself("dev.cardea", "dev.cardea.spi"));
        rules.put(
                "a VerifiedToken is made where the token was verified", madeOnlyIn(VERIFIED_TOKEN, "dev.cardea.token"));
        rules.put(
                "a ConfirmedToken is made where possession was confirmed",
                madeOnlyIn(CONFIRMED_TOKEN, "dev.cardea.confirmation"));
        rules.put(
                "claims are called authentic only by those who checked them",
                madeOnlyIn(AUTHENTIC_CLAIMS, "dev.cardea.token", "dev.cardea.jwt", "dev.cardea.introspection"));
        return rules;
    }

    static ArchRule confined(String library, String... homes) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    private static ArchRule microProfileConfigInOneClass() {
        return noClasses()
                .that()
                .haveNameNotMatching("dev\\.cardea\\.config\\.MicroProfileConfig\\w*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.microprofile..");
    }

    /** The slice is the full package name: {@code dev.cardea} is the top of core, and what it uses never looks back up. */
    private static ArchRule noPackageCycles() {
        return SlicesRuleDefinition.slices()
                .assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                        return javaClass.getPackageName().startsWith("dev.cardea")
                                ? SliceIdentifier.of(javaClass.getPackageName())
                                : SliceIdentifier.ignore();
                    }

                    @Override
                    public String getDescription() {
                        return "packages";
                    }
                })
                .should()
                .beFreeOfCycles();
    }

    private static ArchRule timeIsHandedIn() {
        return noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.cardea.ResourceServerBuilder")
                .and()
                .resideOutsideOfPackage("dev.cardea.config")
                .should()
                .accessTargetWhere(DescribedPredicate.describe("reads the wall clock", CoreRules::readsTheClock));
    }

    private static boolean readsTheClock(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getTarget().getName();
        if (owner.isEquivalentTo(System.class)) {
            return SYSTEM_TIME.contains(name);
        }
        if (owner.isEquivalentTo(Clock.class)) {
            return name.startsWith("system") || name.startsWith("tickM") || name.startsWith("tickS");
        }
        if (owner.isEquivalentTo(InstantSource.class)) {
            return name.equals("system");
        }
        if (owner.isEquivalentTo(Date.class)) {
            return name.equals("<init>") && takesNothing(access);
        }
        if (owner.isEquivalentTo(Calendar.class)) {
            return name.equals("getInstance");
        }
        return owner.getPackageName().startsWith("java.time") && name.equals("now") && !takesAClock(access);
    }

    private static boolean takesNothing(JavaAccess<?> access) {
        return access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget target
                && target.getRawParameterTypes().isEmpty();
    }

    private static boolean takesAClock(JavaAccess<?> access) {
        return access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget target
                && target.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Clock.class));
    }

    /** With a virtual thread for each request, what is kept per thread is kept per request, and nothing is found again. */
    private static ArchRule nothingIsKeptPerThread() {
        return noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.cardea.handover.CurrentCaller")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class);
    }

    private static ArchRule nothingIsSerialized() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class);
    }

    /** Holding the type is the proof of the check (house style 5), so a second place that can make one is a hole. */
    static ArchRule madeOnlyIn(String evidence, String... homes) {
        return noClasses()
                .that(DescribedPredicate.not(resideInAnyPackage(homes)))
                .should()
                .accessTargetWhere(
                        DescribedPredicate.describe("makes a " + evidence, access -> makes(evidence, access)));
    }

    private static boolean makes(String evidence, JavaAccess<?> access) {
        if (!access.getTargetOwner().getName().equals(evidence)
                || !(access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget target)) {
            return false;
        }
        boolean constructor = target.getName().equals("<init>");
        boolean factory = target.getRawReturnType().getName().equals(evidence);
        return constructor || factory;
    }
}
