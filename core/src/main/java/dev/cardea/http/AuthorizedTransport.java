package dev.cardea.http;

import dev.cardea.http.TransportException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Sends a bearer token with each call, for issuers that do not publish their metadata and keys to everybody (Kubernetes).
 *
 * <p>The token is read from its file at every call, since it is replaced from time to time. It goes to whatever address is
 * called, the issuer's metadata being trusted to name the one of its keys, but over https only. Thread-safe.
 */
public final class AuthorizedTransport implements HttpTransport {
    private static final int MAX_SIZE = 64 * 1024;

    private final HttpTransport transport;
    private final Path tokenFile;
    private final String setting;

    /** @param setting what the setting is called that names the file */
    public AuthorizedTransport(HttpTransport transport, Path tokenFile, String setting) {
        this.transport = transport;
        this.tokenFile = tokenFile;
        this.setting = setting;
    }

    @Override
    public HttpAnswer send(HttpCall call) throws TransportException {
        if (!"https".equalsIgnoreCase(call.uri().getScheme())) {
            throw new TransportException(
                    Kind.NOT_CONNECTED, call + ": the token of " + setting + " goes over https only");
        }
        Map<String, String> headers = new HashMap<>(call.headers());
        headers.put("Authorization", "Bearer " + token(call));
        return transport.send(
                new HttpCall(call.method(), call.uri(), headers, call.body(), call.timeout(), call.maxBody()));
    }

    private String token(HttpCall call) throws TransportException {
        try {
            if (Files.size(tokenFile) <= MAX_SIZE) {
                String token =
                        Files.readString(tokenFile, StandardCharsets.ISO_8859_1).strip();
                if (token.matches("[A-Za-z0-9._~+/-]+=*")) {
                    return token;
                }
            }
        } catch (IOException e) {
            throw new TransportException(
                    Kind.NOT_CONNECTED,
                    call + ": the file of " + setting + " cannot be read ("
                            + e.getClass().getSimpleName() + ")");
        }
        throw new TransportException(Kind.NOT_CONNECTED, call + ": the file of " + setting + " holds no token");
    }
}
