package dev.cardea.clientauth;

import dev.cardea.jose.SigningKey;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * {@code private_key_jwt} and {@code client_secret_jwt} (RFC 7523 2.2 and 3, OpenID Connect Core 9): a JWT about ourselves,
 * good for one call and one minute, instead of a secret.
 */
final class ClientAssertion implements Presentation<SigningKey> {
    static final Duration LIFETIME = Duration.ofSeconds(60);

    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final String clientId;
    private final Function<URI, String> audience;
    private final Clock clock;

    /** @param audience whom the JWT is for, by the endpoint that is called */
    ClientAssertion(String clientId, Function<URI, String> audience, Clock clock) {
        this.clientId = clientId;
        this.audience = audience;
        this.clock = clock;
    }

    @Override
    public FormCall with(FormCall call, SigningKey key) {
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", clientId);
        claims.put("sub", clientId);
        claims.put("aud", audience.apply(call.uri()));
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(LIFETIME).getEpochSecond());
        // The id is in the JWT already, but not every product looks for it there first.
        return call.withField("client_id", clientId)
                .withField("client_assertion_type", TYPE)
                .withField("client_assertion", key.sign(claims));
    }
}
