package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.environment.Answers;
import dev.cardea.it.environment.Server;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same request gives the same status and challenge on both servers; read when both have answered. */
class SameAnswersIT {

    private final Map<String, Answers.Told> wildFly = Answers.of(Server.WILDFLY);
    private final Map<String, Answers.Told> liberty = Answers.of(Server.LIBERTY);

    @Test
    void bothServersWereAskedTheSame() {
        assertThat(liberty.keySet()).isEqualTo(wildFly.keySet()).hasSizeGreaterThan(2_000);
    }
}
