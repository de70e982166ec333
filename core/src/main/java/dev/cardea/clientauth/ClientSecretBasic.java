package dev.cardea.clientauth;

import dev.cardea.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** {@code client_secret_basic} (RFC 6749 2.3.1): both are form-encoded first, or an id with a colon would end at it. */
final class ClientSecretBasic implements Presentation<Secret> {
    private final String clientId;

    ClientSecretBasic(String clientId) {
        this.clientId = clientId;
    }

    @Override
    public FormCall with(FormCall call, Secret secret) {
        String joined = FormCall.encoded(clientId) + ":" + FormCall.encoded(secret.reveal());
        String encoded = Base64.getEncoder().encodeToString(joined.getBytes(StandardCharsets.US_ASCII));
        return call.withHeader("Authorization", "Basic " + encoded);
    }
}
