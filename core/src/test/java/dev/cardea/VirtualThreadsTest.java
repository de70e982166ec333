package dev.cardea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cardea.testkit.AnswerFault;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many requests at once that all wait for the authorization server, each on a virtual thread (JDK 21 and later). */
class VirtualThreadsTest {
    private static final AccessPolicy READ = AccessPolicy.allScopes("orders:read");
    private static final int REQUESTS = 200;
    private static final Duration ANSWER = Duration.ofMillis(300);

    @Test
    @Tag("N22")
    void requestsOnVirtualThreadsEachGetTheirOwnAnswerAndWaitTogether() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads are part of Java 21 and later");
        try (TestAuthorizationServer as = TestAuthorizationServer.start(Clock.systemUTC());
                ResourceServer server = server(as)) {
            decide(server, as.issueOpaque("orders:read"));
            as.fail(Endpoint.INTROSPECTION, AnswerFault.slow(ANSWER));
            List<Callable<Decision>> requests = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                String token =
                        switch (i % 3) {
                            case 0 -> as.issueOpaque("orders:read");
                            case 1 -> as.issueOpaque("other");
                            default -> "never-issued-" + i;
                        };
                requests.add(() -> decide(server, token));
            }
            long start = System.nanoTime();
            List<Decision> decisions = onVirtualThreads(requests);
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            for (int i = 0; i < REQUESTS; i++) {
                assertThat(ending(decisions.get(i)))
                        .as("request %d", i)
                        .isEqualTo(
                                List.of("granted", "SCOPE_MISSING", "INACTIVE").get(i % 3));
            }
            assertThat(took).as("one after the other they take a minute").isLessThan(ANSWER.multipliedBy(REQUESTS / 4));
        }
    }

    private static Decision decide(ResourceServer server, String token) {
        Authentication authentication = server.authenticate(new BearerRequest(token), PathRule.none());
        Decision decision = server.authorize(authentication, READ);
        server.conclude(authentication);
        return decision;
    }

    private static String ending(Decision decision) {
        if (decision instanceof Decision.Denied denied) {
            return denied.reason();
        }
        return decision instanceof Decision.Unavailable unavailable ? unavailable.reason() : "granted";
    }

    private static List<Decision> onVirtualThreads(List<Callable<Decision>> requests) throws Exception {
        ExecutorService threads = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        try {
            List<Decision> decisions = new ArrayList<>();
            for (Future<Decision> ended : threads.invokeAll(requests)) {
                decisions.add(ended.get());
            }
            return decisions;
        } finally {
            threads.shutdownNow();
        }
    }

    private static ResourceServer server(TestAuthorizationServer as) {
        return ResourceServer.builder()
                .properties(Map.of(
                        "cardea.issuer",
                        as.issuer(),
                        "cardea.audience",
                        TestAuthorizationServer.AUDIENCE,
                        "cardea.introspection.client-id",
                        TestAuthorizationServer.CLIENT_ID,
                        "cardea.introspection.client-secret",
                        TestAuthorizationServer.CLIENT_SECRET,
                        "cardea.introspection.timeout",
                        "10s",
                        "cardea.introspection.connect-timeout",
                        "5s",
                        "cardea.allow-http-issuer",
                        "true"))
                .build();
    }
}
