package dev.cardea.clientauth;

import dev.cardea.http.HttpAnswer;
import dev.cardea.http.HttpTransport;
import dev.cardea.http.TransportException;

/**
 * {@code tls_client_auth} and {@code self_signed_tls_client_auth} (RFC 8705 2): the certificate of {@code cardea.http.key-store}
 * proves who we are before the call begins; the form only says it.
 */
final class TlsClient implements ClientAuthentication {
    private final HttpTransport transport;
    private final String clientId;

    TlsClient(HttpTransport transport, String clientId) {
        this.transport = transport;
        this.clientId = clientId;
    }

    @Override
    public HttpAnswer send(FormCall call) throws TransportException {
        return transport.send(call.withField("client_id", clientId).toHttpCall());
    }
}
