package dev.cardea.clientauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cardea.config.Secret;
import dev.cardea.http.TransportException;
import dev.cardea.reject.SettingNames;
import dev.cardea.testkit.AnswerFault;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.ReceivedRequest;
import dev.cardea.testkit.TestClient;
import dev.cardea.testkit.TransportFault;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BearerTest {
    private static final Duration LIFETIME = Duration.ofSeconds(300);

    private final Asking asking = new Asking();
    private final ClientAuthentication who = bearer("right");

    @BeforeEach
    void start() {
        asking.as.register(TestClient.bearer(Asking.ID, "right"));
    }

    @AfterEach
    void close() {
        asking.close();
    }

    private ClientAuthentication bearer(String secret) {
        URI tokenEndpoint = URI.create(asking.as.url(Endpoint.TOKEN));
        ClientCredentials credentials = new ClientCredentials(
                asking.with(new Secret(secret), new ClientSecretBasic(Asking.ID)),
                () -> tokenEndpoint,
                "introspect",
                SettingNames.MAIN);
        return new BearerAuthentication(asking.transport, credentials, asking.nanos::get);
    }

    private int fetches() {
        return asking.as.count(Endpoint.TOKEN);
    }

    private NoCredentialsException failure(ClientAuthentication of) {
        return catchThrowableOfType(NoCredentialsException.class, () -> asking.ask(of));
    }

    @Test
    @Tag("I03")
    void aTokenOfOurOwnIsFetchedOnceAndSentWithEachCall() throws Exception {
        assertThat(asking.outcome(who)).isEqualTo("active");
        assertThat(asking.outcome(who)).isEqualTo("active");

        assertThat(fetches()).isEqualTo(1);
        ReceivedRequest fetch = asking.as.requests(Endpoint.TOKEN).get(0);
        assertThat(fetch.field("grant_type")).isEqualTo("client_credentials");
        assertThat(fetch.field("scope")).isEqualTo("introspect");
        assertThat(asking.last().header("authorization")).startsWith("Bearer client-token-");
        assertThat(asking.last().form()).containsOnlyKeys("token");
    }

    @Test
    @Tag("I03")
    void itIsRenewedAheadOfItsEnd() throws Exception {
        assertThat(asking.outcome(who)).isEqualTo("active");
        asking.pass(LIFETIME.multipliedBy(4).dividedBy(5).minusSeconds(1));
        assertThat(asking.outcome(who)).isEqualTo("active");
        assertThat(fetches()).isEqualTo(1);
        asking.pass(Duration.ofSeconds(1));
        assertThat(asking.outcome(who)).isEqualTo("active");
        assertThat(fetches()).isEqualTo(2);
    }

    @Test
    @Tag("I03")
    void aFailedRenewalCostsNothingWhileTheTokenIsGood() throws Exception {
        assertThat(asking.outcome(who)).isEqualTo("active");
        asking.as.fail(Endpoint.TOKEN, TransportFault.SERVER_ERROR);
        asking.pass(LIFETIME.multipliedBy(4).dividedBy(5));
        for (int i = 0; i < 5; i++) {
            assertThat(asking.outcome(who)).isEqualTo("active");
        }
        assertThat(fetches()).isEqualTo(2);

        asking.pass(LIFETIME.dividedBy(5));
        assertThat(failure(who).kind()).isEqualTo(NoCredentialsException.Kind.UNAVAILABLE);
        asking.as.heal();
        assertThat(asking.outcome(who)).isEqualTo("active");
    }

    @Test
    @Tag("I03")
    void aTokenThatIsRefusedIsReplacedOnce() throws Exception {
        assertThat(asking.outcome(who)).isEqualTo("active");
        asking.pass(Duration.ofSeconds(10));
        asking.as.revokeClientTokens();
        assertThat(asking.outcome(who)).isEqualTo("active");
        assertThat(fetches()).isEqualTo(2);
    }

    @Test
    @Tag("I07")
    void anEndpointThatRefusesEveryTokenMakesNoLoadAtTheTokenEndpoint() throws Exception {
        assertThat(asking.outcome(who)).isEqualTo("active");
        asking.as.fail(Endpoint.INTROSPECTION, TransportFault.UNAUTHORIZED);
        asking.pass(Duration.ofSeconds(10));
        for (int i = 0; i < 10; i++) {
            assertThat(asking.outcome(who)).isEqualTo("401");
        }
        assertThat(fetches()).isEqualTo(2);
        asking.as.heal();
        assertThat(asking.outcome(who)).isEqualTo("active");
    }

    @Test
    @Tag("I07")
    void saysWhyThereIsNoToken() throws Exception {
        assertThat(asking.outcome(who)).isEqualTo("active");

        NoCredentialsException refused = failure(bearer("wrong"));
        assertThat(refused.kind()).isEqualTo(NoCredentialsException.Kind.REFUSED);
        assertThat(refused.detail())
                .contains("/as/token", "401", "cardea.introspection.client-id")
                .doesNotContain("wrong");

        asking.as.fail(Endpoint.TOKEN, TransportFault.TOO_MANY_REQUESTS);
        NoCredentialsException busy = failure(bearer("right"));
        assertThat(busy.kind()).isEqualTo(NoCredentialsException.Kind.UNAVAILABLE);
        assertThat(busy.answer().header("retry-after")).isEqualTo("7");

        for (AnswerFault fault : List.<AnswerFault>of(
                TransportFault.HTML_CALLED_JSON,
                TransportFault.NO_CONTENT,
                right -> right.withBody("{\"access_token\":\"a b\",\"token_type\":\"Bearer\"}"),
                right -> right.withBody("{\"access_token\":\"a\",\"token_type\":\"DPoP\"}"),
                right -> right.withBody("{\"token_type\":\"Bearer\"}"))) {
            asking.as.fail(Endpoint.TOKEN, fault);
            assertThat(failure(bearer("right")).kind()).isEqualTo(NoCredentialsException.Kind.UNREADABLE);
        }
        asking.as.heal();
        assertThat(asking.outcome(bearer("right"))).isEqualTo("active");
    }

    @Test
    void aTokenWithoutStatedLifetimeServesForAMinute() throws Exception {
        asking.as.fail(
                Endpoint.TOKEN, right -> right.withBody(new String(right.body()).replace("expires_in", "other")));
        assertThat(asking.outcome(who)).isEqualTo("active");
        asking.pass(Duration.ofSeconds(40));
        assertThat(asking.outcome(who)).isEqualTo("active");
        assertThat(fetches()).isEqualTo(1);
        asking.pass(Duration.ofSeconds(20));
        assertThat(asking.outcome(who)).isEqualTo("active");
        assertThat(fetches()).isEqualTo(2);
    }

    @Test
    @Tag("I09")
    void theFetchCountsIntoTheTimeOfTheCall() {
        asking.as.fail(Endpoint.TOKEN, TransportFault.HANGING);
        TransportException late =
                catchThrowableOfType(TransportException.class, () -> who.send(asking.call(Duration.ofMillis(300))));
        assertThat(late.kind()).isEqualTo(TransportException.Kind.TIMED_OUT);
        assertThat(asking.calls()).isZero();
    }

    @Test
    void manyWhoNeedATokenAtOnceGetOne() throws Exception {
        asking.as.fail(Endpoint.TOKEN, AnswerFault.slow(Duration.ofMillis(200)));
        for (int round = 0; round < 5; round++) {
            int before = fetches();
            Queue<String> outcomes = new ConcurrentLinkedQueue<>();
            CountDownLatch start = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Thread thread = new Thread(() -> {
                    try {
                        start.await();
                        outcomes.add(asking.outcome(who));
                    } catch (Exception e) {
                        outcomes.add(e.toString());
                    }
                });
                thread.start();
                threads.add(thread);
            }
            start.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(outcomes).hasSize(20).containsOnly("active");
            assertThat(fetches() - before).isEqualTo(1);
            asking.pass(LIFETIME);
        }
    }
}
