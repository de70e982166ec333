package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.environment.Application;
import dev.cardea.it.environment.CountingProxy;
import dev.cardea.it.environment.Keycloak;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.contract.Expect;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real Keycloak changes its signing key twice, and removes an old one, while requests come. */
@ExtendWith(ArquillianExtension.class)
class KeycloakRotationIT {

    private static final String NAME = "keycloak-rotating";
    private static final int CLIENTS = 4;
    private static final Duration LOAD = Duration.ofSeconds(30);

    /** docs/reference/keys.md: a minute, as Keycloak says no-cache, and what a fetch may take. */
    private static final Duration REMOVED_WITHIN = Duration.ofSeconds(60 + 4);

    private static final CountingProxy JWKS =
            CountingProxy.before(URI.create(Keycloak.shared().issuer() + "/protocol/openid-connect/certs"));

    private final Keycloak keycloak = Keycloak.shared();
    private final Application app = Application.at(NAME);
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger granted = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile String token = "";

    @Deployment(testable = false)
    static WebArchive rotating() {
        Map<String, String> configuration = new LinkedHashMap<>();
        configuration.put("cardea.issuer", Keycloak.shared().issuer());
        configuration.put("cardea.issuer-profile", "keycloak");
        configuration.put("cardea.audience", Keycloak.API);
        configuration.put("cardea.allow-http-issuer", "true");
        configuration.put("cardea.jwks.url", JWKS.url());
        return Wars.orders(NAME, configuration);
    }

    @AfterAll
    static void stop() {
        JWKS.close();
    }

    @Test
    @Tag("T15")
    @Tag("T18")
    @Tag("accepts")
    @Tag("refuses")
    void twoRotationsUnderLoadFailNoRequestAndARemovedKeyStopsVerifying() throws Exception {
        String removedKey = keycloak.addSigningKey();
        String signedWithRemovedKey = keycloak.token("batch", "orders:read");
        Expect.granted(app.get("/api/orders", signedWithRemovedKey));
        token = signedWithRemovedKey;
        int fetchesBefore = JWKS.fetches();

        ExecutorService pool = Executors.newFixedThreadPool(CLIENTS);
        long begun = System.nanoTime();
        Duration refusedAfter;
        try {
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(pool.submit(this::load));
            }
            at(begun, Duration.ofSeconds(8));
            rotate();
            at(begun, Duration.ofSeconds(14));
            Expect.granted(app.get("/api/orders", signedWithRemovedKey));
            keycloak.removeSigningKey(removedKey);
            long removed = System.nanoTime();
            at(begun, Duration.ofSeconds(18));
            rotate();
            refusedAfter = awaitRefusal(signedWithRemovedKey, removed);
            at(begun, LOAD);
            over.set(true);
            for (Future<?> client : clients) {
                client.get(30, TimeUnit.SECONDS);
            }
        } finally {
            over.set(true);
            pool.shutdownNow();
        }
        int fetches = JWKS.fetches() - fetchesBefore;
        System.out.printf(
                "Keycloak, two rotations in %d s of load: %d requests granted, %d failed, %d JWKS fetches; a token of the"
                        + " removed key refused after %d ms%n",
                LOAD.toSeconds(), granted.get(), failures.size(), fetches, refusedAfter.toMillis());

        assertThat(failures).isEmpty();
        assertThat(granted.get()).isGreaterThan(300);
        assertThat(refusedAfter).isLessThan(REMOVED_WITHIN);
        // One for each rotation; one more if the minute of the background ends in this half of it.
        assertThat(fetches).isBetween(2, 3);
        Expect.granted(app.get("/api/orders", token));
        Expect.invalidToken(app.get("/api/orders", signedWithRemovedKey));
    }

    private void rotate() throws Exception {
        keycloak.addSigningKey();
        token = keycloak.token("batch", "orders:read");
    }

    private void load() {
        while (!over.get()) {
            try {
                int status = app.get("/api/orders", token).status();
                if (status == 200) {
                    granted.incrementAndGet();
                } else {
                    failures.add("status " + status);
                }
                Thread.sleep(5);
            } catch (Exception e) {
                failures.add(e.toString());
            }
        }
    }

    private Duration awaitRefusal(String signedWithRemovedKey, long removed) throws Exception {
        Duration waited = Duration.ZERO;
        while (waited.compareTo(REMOVED_WITHIN) < 0) {
            int status = app.get("/api/orders", signedWithRemovedKey).status();
            waited = Duration.ofNanos(System.nanoTime() - removed);
            if (status == 401) {
                break;
            }
            Thread.sleep(100);
        }
        return waited;
    }

    private static void at(long begun, Duration when) throws InterruptedException {
        long left = when.toNanos() - (System.nanoTime() - begun);
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }
}
