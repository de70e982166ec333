package dev.cardea.testkit;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A client as {@link TestAuthorizationServer} knows it: by one method (RFC 8414 2, RFC 7591 2), and by one or several
 * credentials of that method while they are being replaced. Immutable.
 */
public final class TestClient {

    enum Method {
        CLIENT_SECRET_BASIC,
        CLIENT_SECRET_POST,
        CLIENT_SECRET_JWT,
        PRIVATE_KEY_JWT,
        TLS_CLIENT_AUTH,
        BEARER
    }

    private final String id;
    private final Method method;
    private final List<?> credentials;

    private TestClient(String id, Method method, List<?> credentials) {
        this.id = id;
        this.method = method;
        this.credentials = List.copyOf(credentials);
    }

    public static TestClient basic(String id, String... secrets) {
        return new TestClient(id, Method.CLIENT_SECRET_BASIC, List.of(secrets));
    }

    public static TestClient post(String id, String... secrets) {
        return new TestClient(id, Method.CLIENT_SECRET_POST, List.of(secrets));
    }

    /** Signs HS256 with its secret. */
    public static TestClient secretJwt(String id, String... secrets) {
        return new TestClient(id, Method.CLIENT_SECRET_JWT, List.of(secrets));
    }

    /** Each key signs by its one algorithm, whatever the JWT says. */
    public static TestClient privateKeyJwt(String id, TestKey... keys) {
        return new TestClient(id, Method.PRIVATE_KEY_JWT, List.of(keys));
    }

    /** Exactly these certificates (RFC 8705 2.2); the server has to be {@link TestAuthorizationServer#startMutualTls}. */
    public static TestClient tls(String id, X509Certificate... certificates) {
        return new TestClient(id, Method.TLS_CLIENT_AUTH, List.of(certificates));
    }

    /** May introspect with a token that it gets at the token endpoint, where it authenticates by its secret (basic). */
    public static TestClient bearer(String id, String... secrets) {
        return new TestClient(id, Method.BEARER, List.of(secrets));
    }

    String id() {
        return id;
    }

    Method method() {
        return method;
    }

    boolean hasSecret(String secret) {
        return credentials.contains(secret);
    }

    boolean hasCertificate(X509Certificate certificate) {
        return credentials.contains(certificate);
    }

    /** Whether the assertion, in three parts, is signed by one of its credentials. */
    boolean signed(String assertion, Map<String, String> header) {
        return credentials.stream()
                .anyMatch(each -> each instanceof TestKey key
                        ? AssertionCheck.isSignedBy(key, assertion, header)
                        : AssertionCheck.isSignedBy((String) each, assertion, header));
    }

    static Set<Method> assertionMethods() {
        return Set.of(Method.CLIENT_SECRET_JWT, Method.PRIVATE_KEY_JWT);
    }

    /** Without its credentials. */
    @Override
    public String toString() {
        return "TestClient[" + id + ", " + method + "]";
    }
}
