package dev.cardea.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OneJarIT {

    private static final long MOST_BYTES = 3_250_000;

    /** Ehcache asks for it only when a cache is sized in bytes, and then in a {@code try}. */
    private static final Set<String> LEFT_OUT_ON_PURPOSE = Set.of("dev.cardea.shaded.ehcache.sizeof.impl.UnsafeSizeOf");

    @Test
    void holdsNoClassUnderAnotherProductsName() {
        assertThat(OneJar.entries())
                .filteredOn(entry -> entry.endsWith(".class"))
                .isNotEmpty()
                .allMatch(entry -> entry.startsWith("dev/cardea/"))
                .anyMatch(entry -> entry.startsWith("dev/cardea/shaded/jose4j/"))
                .anyMatch(entry -> entry.startsWith("dev/cardea/shaded/ehcache/"))
                .anyMatch(entry -> entry.startsWith("dev/cardea/shaded/slf4j/"));
    }

    @Test
    void carriesNothingThatBelongsToTheOriginalJars() {
        assertThat(OneJar.entries())
                .doesNotHaveDuplicates()
                .allMatch(entry -> entry.startsWith("dev/cardea/") || entry.startsWith("META-INF/"))
                .noneMatch(entry -> entry.endsWith("module-info.class"))
                .noneMatch(entry -> entry.startsWith("META-INF/maven/"))
                .noneMatch(entry -> entry.startsWith("META-INF/versions/"))
                .noneMatch(entry -> entry.matches("META-INF/[^/]*\\.(SF|DSA|RSA|EC)"))
                .noneMatch(entry -> entry.endsWith(".xsd") || entry.endsWith(".jar"));
    }

    @Test
    void namesItselfAndCarriesTheLicences() throws IOException {
        try (JarFile jar = new JarFile(OneJar.PATH.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                    .isEqualTo("dev.cardea");
        }
        assertThat(OneJar.entries())
                .contains(
                        "META-INF/LICENSE",
                        "META-INF/NOTICE",
                        "META-INF/licenses/jose4j.txt",
                        "META-INF/licenses/ehcache.txt",
                        "META-INF/licenses/slf4j.txt");
    }

    @Test
    void isAWebFragmentNamedCardeaAndStartsItselfEverywhere() throws IOException {
        assertThat(OneJar.entries())
                .containsOnlyOnce("META-INF/web-fragment.xml", "META-INF/cardea.tld", "META-INF/beans.xml")
                .contains(
                        "META-INF/services/jakarta.servlet.ServletContainerInitializer",
                        "META-INF/services/jakarta.ws.rs.core.Feature",
                        "META-INF/services/jakarta.ws.rs.ext.Providers",
                        "META-INF/services/jakarta.enterprise.inject.spi.Extension");
        try (JarFile jar = new JarFile(OneJar.PATH.toFile())) {
            byte[] fragment = jar.getInputStream(jar.getEntry("META-INF/web-fragment.xml"))
                    .readAllBytes();
            assertThat(new String(fragment, StandardCharsets.UTF_8)).containsOnlyOnce("<name>cardea</name>");
        }
    }

    @Test
    void pointsItsServiceFilesAtClassesThatAreThere() {
        List<String> entries = OneJar.entries();
        List<String> services = entries.stream()
                .filter(entry -> entry.startsWith("META-INF/services/"))
                .toList();
        assertThat(services)
                .contains(
                        "META-INF/services/dev.cardea.shaded.ehcache.core.spi.service.ServiceFactory",
                        "META-INF/services/dev.cardea.shaded.slf4j.spi.SLF4JServiceProvider")
                .noneMatch(service -> service.startsWith("META-INF/services/org."));
        for (String service : services) {
            List<String> providers = OneJar.text(service)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .map(provider -> provider.replace('.', '/') + ".class")
                    .toList();
            assertThat(providers)
                    .as(service)
                    .isNotEmpty()
                    .doesNotHaveDuplicates()
                    .isSubsetOf(entries);
        }
    }

    /** What makes it safe to leave parts of the libraries out. */
    @Test
    void refersToNoClassThatWasLeftOut() throws IOException {
        JavaClasses classes;
        try (JarFile jar = new JarFile(OneJar.PATH.toFile())) {
            classes = new ClassFileImporter().importJar(jar);
        }
        Set<String> missing = classes.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency ->
                        dependency.getTargetClass().getBaseComponentType().getName())
                .filter(name -> name.startsWith("dev.cardea.") && !classes.contain(name))
                .collect(Collectors.toSet());
        assertThat(missing).isEqualTo(LEFT_OUT_ON_PURPOSE);
    }

    @Test
    void staysSmall() throws IOException {
        long bytes = Files.size(OneJar.PATH);
        System.out.printf("The one jar has %,d bytes.%n", bytes);
        assertThat(bytes).isLessThan(MOST_BYTES);
    }

    @Test
    void bringsNoTransitiveDependency() throws IOException {
        String pom = Files.readString(Path.of("dependency-reduced-pom.xml"));
        String withoutBuild = pom.replaceFirst("(?s)<build>.*</build>", "");
        List<String> dependencies = Pattern.compile("<dependency>.*?</dependency>", Pattern.DOTALL)
                .matcher(withoutBuild)
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(dependencies)
                .isNotEmpty()
                .allMatch(dependency -> dependency.matches("(?s).*<scope>(provided|test)</scope>.*"));
    }

    @Test
    void cachesOnTheHeapWithoutUnsafe() throws IOException, InterruptedException {
        OneJar.Outcome outcome = OneJar.run("HeapCache.java");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).matches("entries=(999|1000) oldest=\\d\\s+");
    }

    @Test
    void passesOnLibraryWarningsButNothingOfJose4j() throws IOException, InterruptedException {
        OneJar.Outcome outcome = OneJar.run(
                "LibraryLogs.java",
                "-Dslf4j.provider=com.example.TheProviderOfTheApplication",
                "-Djava.util.logging.SimpleFormatter.format=%4$s %3$s %5$s%6$s%n");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err())
                .contains("WARNING dev.cardea.shaded.ehcache.Sample warning 1 of 2", "IllegalStateException: cause")
                .doesNotContain("information")
                .doesNotContain("jose4j-speaks", "jose4j-threw")
                .doesNotContain("SLF4J", "TheProviderOfTheApplication");
    }
}
