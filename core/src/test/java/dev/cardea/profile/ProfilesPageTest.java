package dev.cardea.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.reject.RejectedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProfilesPageTest {
    private static final String COMMAND =
            "mvn -Dquick -pl core -am test -Dtest=ProfilesPageTest -Dcardea.docs.write=true -Dsurefire.failIfNoSpecifiedTests=false";
    /** Surefire runs a module's tests in the module's folder. */
    private static final Path PAGE = Path.of("..", "docs", "reference", "profiles.md");

    @Test
    void theCommittedPageIsWhatTheCodeSays() throws IOException, RejectedException {
        if (Boolean.getBoolean("cardea.docs.write")) {
            Files.writeString(PAGE, ProfilesPage.render());
        }
        String committed = Files.exists(PAGE) ? Files.readString(PAGE).replace("\r\n", "\n") : "";
        assertThat(committed)
                .as("docs/reference/profiles.md is stale; run: " + COMMAND)
                .isEqualTo(ProfilesPage.render());
    }

    @Test
    void thePageTellsTheCommandThatMakesIt() throws RejectedException {
        assertThat(ProfilesPage.render()).contains(COMMAND);
    }
}
