package dev.cardea.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.cache.KeySpace;
import dev.cardea.config.IntrospectionSettings;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.revocation.NotBeforeMarks;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A hundred thousand tokens that somebody makes up, in twenty seconds, and those of a hundred users among them. */
@Tag("N06")
class InventedTokensTest {
    private static final int INVENTED = 100_000;
    private static final int SECONDS = 20;
    private static final int RATE = 500;
    private static final int USERS = 100;

    private final Scripted endpoint = new Scripted(2, 64, RATE);
    private final BackgroundQuestions background = new BackgroundQuestions();
    private final CachingIntrospector introspector = new CachingIntrospector(
            endpoint.introspector,
            KeySpace.of("https://as.example/introspect", "api"),
            new CachingIntrospector.Tenant("", "https://as.example"),
            new IntrospectionSettings.Cache(Duration.ofSeconds(5), 1_000, Duration.ofSeconds(5)),
            new CachingIntrospector.Shared(
                    new NotBeforeMarks(endpoint.nanos::get, Duration.ofSeconds(5)),
                    background,
                    Clock.systemUTC(),
                    endpoint.nanos::get,
                    () -> 0.5));

    @Test
    void areAskedAboutAtTheRateAndKeepNoUserOut() throws Exception {
        endpoint.taking(Duration.ZERO);
        for (int user = 0; user < USERS; user++) {
            introspector.introspect(Scripted.question(Scripted.GOOD + user, endpoint.nanos.get()));
        }
        int before = endpoint.calls.get();
        int refused = 0;
        for (int i = 0; i < INVENTED; i++) {
            endpoint.pass(Duration.ofSeconds(SECONDS).dividedBy(INVENTED));
            try {
                introspector.introspect(Scripted.question("invented-" + i, endpoint.nanos.get()));
            } catch (UndeterminedException e) {
                refused++;
            }
            if (i % 10 == 0) {
                String user = Scripted.GOOD + i / 10 % USERS;
                assertThat(introspector.introspect(Scripted.question(user, endpoint.nanos.get())))
                        .as("%s, whose answer is renewed every 5 s", user)
                        .isInstanceOf(Introspection.Active.class);
            }
        }
        int calls = endpoint.calls.get() - before;
        int asked = INVENTED - refused;
        int renewals = USERS * SECONDS / 5;
        assertThat(asked).isBetween(RATE * 3 / 4 * SECONDS, RATE * 3 / 4 * (SECONDS + 1));
        assertThat(calls - asked)
                .as("users are asked about when their time has come")
                .isBetween(renewals - USERS, renewals);
        assertThat(endpoint.gate.read().turnedAwayByRateLimit()).isEqualTo(refused);
        introspector.close();
        background.close();
    }
}
