package dev.cardea.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneSourceTest extends ConfigurationSourceContract {
    @Override
    ConfigurationSource source(Map<String, String> system, Map<String, String> environment, Map<String, String> file) {
        return new StandaloneSource(system, environment, List.of(file));
    }

    @Test
    void endsExpressionsThatGoInCircles() {
        ConfigurationSource source = source(
                Map.of(),
                Map.of(),
                Map.of("cardea.issuer", "${a}", "a", "${b}", "b", "${a}", "cardea.audience", "${cardea.audience}"));

        assertThat(source.value("cardea.issuer")).isNull();
        assertThat(source.value("cardea.audience")).isNull();
        assertThat(Expression.secret("${a}", name -> "${a}")).isNull();
    }

    @Test
    void readsEveryFileOfTheApplicationInUtf8(@TempDir Path directory) throws IOException {
        URL first = file(directory.resolve("first"), "cardea.issuer=first\ncardea.resource.realm=T\u00fcr\n");
        URL second = file(directory.resolve("second"), "cardea.issuer=second\nconfig_ordinal=200\n");

        withContext(new URL[] {first, second}, () -> {
            ConfigurationSource source = StandaloneSource.ofDeployment();
            assertThat(source.value("cardea.issuer")).isEqualTo("second");
            assertThat(source.value("cardea.resource.realm")).isEqualTo("T\u00fcr");
        });
    }

    @Test
    void namesAFileThatCannotBeReadAndShowsNothingOfIt(@TempDir Path directory) throws IOException {
        URL broken = file(directory, "cardea.introspection.client-secret=s3cr3t\\u00zz\n");

        withContext(new URL[] {broken}, () -> assertThatThrownBy(StandaloneSource::ofDeployment)
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessageContaining("microprofile-config.properties")
                .hasMessageNotContaining("s3cr3t"));
    }

    /** As on Tomcat: the classes are there, MicroProfile Config is not. */
    @Test
    void standsInWhereThereIsNoMicroProfileConfig(@TempDir Path directory) throws Exception {
        URL settings = file(directory, "cardea.issuer=https://as.example.com\n");
        URL core =
                ConfigurationSources.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader server =
                new URLClassLoader(new URL[] {core, settings}, ClassLoader.getPlatformClassLoader())) {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(server);
            try {
                Object source = server.loadClass("dev.cardea.config.ConfigurationSources")
                        .getMethod("ofDeployment")
                        .invoke(null);
                assertThat(source.getClass().getName()).isEqualTo("dev.cardea.config.StandaloneSource");
                assertThat(server.loadClass("dev.cardea.config.ConfigurationSource")
                                .getMethod("value", String.class)
                                .invoke(source, "cardea.issuer"))
                        .isEqualTo("https://as.example.com");
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    private static URL file(Path root, String content) throws IOException {
        Path file = root.resolve("META-INF/microprofile-config.properties");
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return root.toUri().toURL();
    }

    private static void withContext(URL[] urls, Runnable action) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(urls, null)) {
            thread.setContextClassLoader(loader);
            action.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
