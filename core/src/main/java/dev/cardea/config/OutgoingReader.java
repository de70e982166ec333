package dev.cardea.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads how one authorization server is called: {@code cardea.http.*}. */
final class OutgoingReader {
    private static final int MAX_PORT = 65_535;

    private final Values values;
    private final SettingFiles files;
    private final IssuerScope scope;

    OutgoingReader(Values values, SettingFiles files, IssuerScope scope) {
        this.values = values;
        this.files = files;
        this.scope = scope;
    }

    HttpSettings read() {
        Setting trustStore = scope.own(Key.HTTP_TRUST_STORE);
        Setting trustPassword = scope.own(Key.HTTP_TRUST_STORE_PASSWORD_FILE);
        Setting keyStore = scope.own(Key.HTTP_KEY_STORE);
        Setting keyPassword = scope.own(Key.HTTP_KEY_STORE_PASSWORD_FILE);
        Secret password = password(trustPassword, trustStore);
        Secret ofKeys = password(keyPassword, keyStore);
        return new HttpSettings(
                values.flag(scope.own(Key.ALLOW_HTTP)),
                hasFailed(trustPassword, password) ? null : files.trustStore(trustStore, trustPassword, password),
                password,
                hasFailed(keyPassword, ofKeys) ? null : keyStore(keyStore, keyPassword, ofKeys),
                values.path(keyPassword),
                proxy(),
                bearerToken());
    }

    private @Nullable Secret password(Setting passwordFile, Setting store) {
        Secret password = files.secret(passwordFile);
        if (password != null && !values.isSet(store)) {
            values.report(passwordFile, "is set without " + store.key(), "nothing, or set " + store.key());
        }
        return password;
    }

    /** Then something was said already, and the store would only seem to be wrong as well. */
    private boolean hasFailed(Setting passwordFile, @Nullable Secret password) {
        return password == null && values.isSet(passwordFile);
    }

    private @Nullable Path keyStore(Setting store, Setting passwordFile, @Nullable Secret password) {
        return files.usable(
                store,
                KeyStoreFile.MAX_SIZE,
                content -> KeyStoreFile.read(content, password),
                "a PEM, PKCS12 or JKS file with one private key and its certificate, and its password into "
                        + passwordFile.key());
    }

    private @Nullable ProxyAddress proxy() {
        Setting key = scope.at(Key.HTTP_PROXY, values);
        String stated = values.isSet(key) ? values.text(key) : null;
        if (stated == null) {
            return null;
        }
        try {
            URI address = new URI("http://" + stated);
            boolean bare = stated.equals(address.getRawAuthority()) && address.getRawUserInfo() == null;
            if (bare && address.getHost() != null && address.getPort() > 0 && address.getPort() <= MAX_PORT) {
                return new ProxyAddress(address.getHost(), address.getPort());
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        values.report(
                key, "is not host:port", "for instance proxy.example.com:3128, without a scheme and without a user");
        return null;
    }

    private @Nullable Path bearerToken() {
        Setting bearer = scope.own(Key.HTTP_BEARER_TOKEN_FILE);
        Setting issuer = scope.own(Key.ISSUER);
        if (values.isSet(bearer) && !values.isSet(issuer)) {
            values.report(bearer, "is set, but " + issuer.key() + " is not", "nothing, or set both");
        }
        return files.bearerToken(bearer);
    }
}
