package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.app.PathApplication;
import dev.cardea.it.app.TaskResource;
import dev.cardea.it.app.TaskServlet;
import dev.cardea.it.app.Who;
import dev.cardea.it.app.WhoBean;
import dev.cardea.it.app.WhoResource;
import dev.cardea.it.app.WhoServlet;
import dev.cardea.it.environment.Application;
import dev.cardea.it.environment.Server;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.contract.RawResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who calls, by every way in which an application can ask, also when two users call at once. */
@ExtendWith(ArquillianExtension.class)
class IdentityIT {

    private static final int PARALLEL = 50;
    private static final int USERS_AT_ONCE = 3;
    private static final int ROUNDS = 25;

    private static final TestAuthorizationServer AUTHORIZATION_SERVER =
            TestAuthorizationServer.start(Clock.systemUTC());

    private final Application app = Application.at("identity");

    @Deployment(testable = false)
    static WebArchive identity() {
        Map<String, String> configuration = Wars.trusting(AUTHORIZATION_SERVER);
        configuration.put("cardea.roles.claims", "roles");
        return Wars.of(
                "identity",
                configuration,
                PathApplication.class,
                TaskResource.class,
                TaskServlet.class,
                Who.class,
                WhoBean.class,
                WhoResource.class,
                WhoServlet.class);
    }

    @AfterAll
    static void stop() {
        AUTHORIZATION_SERVER.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/who", "/who-servlet"})
    @Tag("B01")
    void everyWayOfAskingNamesTheTwoUsersOfParallelRequestsRightly(String path) throws Exception {
        String alice = token("alice", "clerk");
        String bob = token("bob", "driver");
        ExecutorService clients = Executors.newFixedThreadPool(PARALLEL);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<RawResponse>> answers = new ArrayList<>();
            for (int i = 0; i < PARALLEL; i++) {
                String token = i % 2 == 0 ? alice : bob;
                answers.add(clients.submit(() -> {
                    start.await();
                    return app.get(path, token);
                }));
            }
            start.countDown();
            for (int i = 0; i < PARALLEL; i++) {
                assertTells(answers.get(i).get(), i % 2 == 0 ? "alice clerk Bearer" : "bob no-clerk Bearer");
            }
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    @Tag("B01")
    void theAnonymousCallerIsNobodyAndTheNextOneIsNotHim() throws Exception {
        RawResponse anonymous = app.get("/api/who/open");

        assertThat(anonymous.status()).isEqualTo(200);
        assertThat(anonymous.body())
                .contains("caller=anonymous no-clerk none", "request=nobody no-clerk null", "context=nobody")
                .doesNotContain("alice", "bob");
        assertTells(app.get("/api/who/open", token("alice", "clerk")), "alice clerk Bearer");
        assertThat(app.get("/api/who").status()).isEqualTo(401);
    }

    /** Many rounds on the threads of two pools, the server's and the executor's: whoever is left behind in one is found. */
    @ParameterizedTest
    @ValueSource(strings = {"/tasks/carrying", "/api/tasks", "/api/tasks/open"})
    @Tag("B01")
    void tasksInManagedExecutorsKnowTheUserWhoseRequestHandedThemOver(String path) throws Exception {
        Map<String, String> tokens = new HashMap<>();
        tokens.put("alice clerk Bearer", token("alice", "clerk"));
        tokens.put("bob no-clerk Bearer", token("bob", "driver"));
        ExecutorService clients = Executors.newFixedThreadPool(2 * USERS_AT_ONCE);
        try {
            List<Future<?>> users = new ArrayList<>();
            for (int i = 0; i < USERS_AT_ONCE; i++) {
                tokens.forEach((expected, token) -> users.add(clients.submit(() -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        assertTold(app.get(path, token), expected);
                    }
                    return null;
                })));
            }
            for (Future<?> user : users) {
                user.get();
            }
        } finally {
            clients.shutdownNow();
        }
        if (path.endsWith("open")) {
            RawResponse anonymous = app.get(path);
            assertThat(anonymous.body())
                    .contains("bean-caller=anonymous no-clerk none", "bean-security=nobody no-clerk null")
                    .doesNotContain("alice", "bob");
        }
    }

    /** Open Liberty's own executor carries nothing that it is not told to; then nobody is what a task is told, not anybody. */
    @Test
    @Tag("B01")
    void theServersOwnExecutorCarriesTheUserOrNobody() throws Exception {
        String alice = token("alice", "clerk");
        for (int round = 0; round < ROUNDS; round++) {
            RawResponse answer = app.get("/tasks/standard", alice);
            if (Server.underTest() == Server.WILDFLY) {
                assertTold(answer, "alice clerk Bearer");
            } else {
                assertThat(answer.body().lines()).hasSize(2).allSatisfy(line -> assertThat(line)
                        .contains("no caller was carried into it"));
            }
        }
    }

    private static void assertTold(RawResponse answer, String expected) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().lines()).hasSize(8).allSatisfy(line -> assertThat(line)
                .endsWith("=" + expected));
    }

    private static void assertTells(RawResponse answer, String expected) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().lines().filter(line -> !line.contains("-remote-user=")))
                .hasSizeGreaterThanOrEqualTo(7)
                .allSatisfy(line -> assertThat(line).endsWith("=" + expected));
        assertThat(answer.body().lines().filter(line -> line.contains("-remote-user=")))
                .hasSize(1)
                .allSatisfy(line -> assertThat(line).endsWith("=" + expected.split(" ", -1)[0]));
    }

    private static String token(String subject, String role) {
        return AUTHORIZATION_SERVER
                .accessToken("orders:read")
                .subject(subject)
                .claim("roles", List.of(role))
                .build();
    }
}
