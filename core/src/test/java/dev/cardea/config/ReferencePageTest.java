package dev.cardea.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReferencePageTest {
    private static final String COMMAND =
            "mvn -Dquick -pl core -am test -Dtest=ReferencePageTest -Dcardea.docs.write=true -Dsurefire.failIfNoSpecifiedTests=false";
    /** Surefire runs a module's tests in the module's folder. */
    private static final Path PAGE = Path.of("..", "docs", "reference", "configuration.md");

    @Test
    void theCommittedPageIsWhatTheCodeSays() throws IOException {
        if (Boolean.getBoolean("cardea.docs.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, ReferencePage.render());
        }
        String committed = Files.exists(PAGE) ? Files.readString(PAGE).replace("\r\n", "\n") : "";
        assertThat(committed)
                .as("docs/reference/configuration.md is stale; run: " + COMMAND)
                .isEqualTo(ReferencePage.render());
    }

    @Test
    void thePageTellsTheCommandThatMakesIt() {
        assertThat(ReferencePage.render()).contains(COMMAND);
    }

    @Test
    void theExampleOnThePageIsAValidConfiguration() throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of("ORDERS_API_SECRET", "x"));
        Matcher blocks =
                Pattern.compile("```properties\n(.*?)```", Pattern.DOTALL).matcher(ReferencePage.render());
        while (blocks.find()) {
            Properties block = new Properties();
            block.load(new StringReader(blocks.group(1)));
            block.stringPropertyNames().forEach(name -> settings.put(name, block.getProperty(name)));
        }

        assertThat(settings).hasSize(5);
        assertThat(Settings.empty().with(settings).read().introspection()).isNotNull();
    }

    @Test
    void everyDefaultIsAValueOfItsType() {
        Settings settings = Settings.valid();
        Arrays.stream(Key.values())
                .filter(key -> key.standard() != null)
                .forEach(key -> settings.with(key.key(), key.standard()));

        assertThat(settings.read().claims()).isEqualTo(Settings.valid().read().claims());
        assertThat(settings.read().token()).isEqualTo(Settings.valid().read().token());
        assertThat(String.valueOf(settings.read().issuer()))
                .isEqualTo(String.valueOf(Settings.valid().read().issuer()));
    }
}
