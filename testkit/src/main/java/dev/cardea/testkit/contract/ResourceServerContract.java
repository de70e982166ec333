package dev.cardea.testkit.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the orders application must answer over HTTP, on every server. Subclass it, say where the application is and where its
 * tokens come from; the classes above this one hold one subject each. They are superclasses because Arquillian does not
 * inject into nested test classes.
 *
 * <p>The application: {@code GET /api/orders} ({@code orders:read}), {@code POST /api/orders} ({@code orders:write}),
 * {@code GET /api/both} (both scopes), {@code GET /api/whoami} (any caller; JSON with {@code sub}, {@code client},
 * {@code scopes}, {@code roles}, {@code issuer}), {@code GET /plain/servlet} ({@code orders:read}); {@code GET /public/info}
 * and {@code GET /api/open} are open. It trusts proxies on this machine to say what their clients asked for and how, and
 * pages of {@code https://app.example} to call. Tokens may be bound to a client's key, and nobody needs a nonce.
 */
public abstract class ResourceServerContract extends ReplayContract {

    /** How long the application may take to notice that its authorization server is back. */
    protected Duration recovery() {
        return Duration.ofSeconds(60);
    }

    @Test
    @Tag("I07")
    @Tag("I09")
    void anOutageIsNeverBlamedOnTheClient() throws Exception {
        assumeTrue(tokens().outage().isPresent(), "the authorization server cannot be taken away");
        TokenSource.Outage outage = tokens().outage().orElseThrow();
        Expect.granted(ordersWith(tokens().opaque(READ)));
        String good = tokens().opaque(READ);

        outage.begin();
        try {
            Expect.unavailable(ordersWith(good));
            Expect.unavailable(
                    http().get("/plain/servlet").bearer(tokens().opaque(READ)).send());
            Expect.unavailable(ordersWith("never-issued-either"));
        } finally {
            outage.end();
        }
        awaitGranted(good);
    }

    /** Asks again until granted; a good token may be unavailable for a while, but must never be called bad. */
    private void awaitGranted(String token) throws Exception {
        long deadline = System.nanoTime() + recovery().toNanos();
        RawResponse answer = ordersWith(token);
        while (answer.status() == 503 && System.nanoTime() < deadline) {
            Thread.sleep(200);
            answer = ordersWith(token);
        }
        Expect.granted(answer);
    }
}
