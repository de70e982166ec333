package dev.cardea.testkit.contract;

import dev.cardea.testkit.AccessTokens;
import dev.cardea.testkit.DpopKey;
import dev.cardea.testkit.TestAuthorizationServer;
import java.util.Map;
import java.util.Optional;

/** Where the contract's tokens come from: an authorization server that the application under test trusts. */
public interface TokenSource {

    /** Takes the authorization server away from the application and gives it back. */
    interface Outage {
        void begin();

        void end();
    }

    /** The issuer that the tokens name and the application reports. */
    String issuer();

    /** A fresh valid JWT for the application with exactly these scopes. */
    String jwt(String... scopes) throws Exception;

    /** A fresh valid opaque token for the application with exactly these scopes. */
    String opaque(String... scopes) throws Exception;

    /** Valid with {@code orders:read}, but for another resource server. */
    String jwtForAnotherAudience() throws Exception;

    /** Valid with {@code orders:read}, but for another resource server. */
    String opaqueForAnotherAudience() throws Exception;

    /** With {@code orders:read}; its time is over by more than any leeway. */
    String expiredJwt() throws Exception;

    /** With {@code orders:read}; its time is over. */
    String expiredOpaque() throws Exception;

    /** With {@code orders:read}; revoked before the application ever saw it. */
    String revokedOpaque() throws Exception;

    /**
     * A valid JWT to be, signed by the authorization server's own key, for the faults that need one. Empty where the key is
     * out of reach: those tests are then skipped.
     */
    default Optional<AccessTokens> forge(String... scopes) {
        return Optional.empty();
    }

    /** A fresh valid JWT for the application with exactly these scopes, bound to the key (RFC 9449 section 6.1). */
    String boundJwt(DpopKey key, String... scopes) throws Exception;

    /** A fresh valid opaque token for the application with exactly these scopes, bound to the key (RFC 9449 section 6.2). */
    String boundOpaque(DpopKey key, String... scopes) throws Exception;

    /**
     * A valid opaque token whose introspection answer has these members too, or instead. Empty where answers cannot be made
     * up: those tests are then skipped.
     */
    default Optional<String> introspected(Map<String, ?> changes, String... scopes) {
        return Optional.empty();
    }

    /** Empty where the authorization server cannot be taken away: those tests are then skipped. */
    default Optional<Outage> outage() {
        return Optional.empty();
    }

    /** Whether anybody fetched what a forged token's header pointed at. */
    default boolean attackerWasAsked() {
        return false;
    }

    /** Tokens of the in-JVM server. */
    static TokenSource of(TestAuthorizationServer server) {
        return new TestTokenSource(server);
    }
}
