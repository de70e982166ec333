package dev.cardea.clientauth;

import dev.cardea.config.Secret;

/** {@code client_secret_post} (RFC 6749 2.3.1): in the body, for endpoints that read no header. */
final class ClientSecretPost implements Presentation<Secret> {
    private final String clientId;

    ClientSecretPost(String clientId) {
        this.clientId = clientId;
    }

    @Override
    public FormCall with(FormCall call, Secret secret) {
        return call.withField("client_id", clientId).withField("client_secret", secret.reveal());
    }
}
