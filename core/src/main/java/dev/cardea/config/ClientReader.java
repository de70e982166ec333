package dev.cardea.config;

import dev.cardea.config.ClientSettings.Method;
import dev.cardea.file.UnusableFileException;
import dev.cardea.jose.SigningKey;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads who we are to one authorization server: {@code cardea.introspection.client-id} and what belongs to it. What the chosen
 * method needs has to be there and has to be usable, and what it has no use for must not be there: whoever set it means
 * something that would not happen.
 */
final class ClientReader {
    private static final Set<Method> OF_SECRETS =
            EnumSet.of(Method.CLIENT_SECRET_BASIC, Method.CLIENT_SECRET_POST, Method.CLIENT_SECRET_JWT);

    private final Values values;
    private final SettingFiles files;
    private final IssuerScope scope;

    ClientReader(Values values, SettingFiles files, IssuerScope scope) {
        this.values = values;
        this.files = files;
        this.scope = scope;
    }

    private Setting at(Key key) {
        return scope.at(key, values);
    }

    private boolean isSet(Key key) {
        return values.isSet(at(key));
    }

    private String key(Key key) {
        return at(key).key();
    }

    /**
     * Null if a problem was reported without which nothing can be made of it.
     *
     * @param meant the setting that says that introspection is wanted
     */
    @Nullable
    ClientSettings read(String meant) {
        Method method =
                Method.valueOf(values.choice(at(Key.INTROSPECTION_AUTH_METHOD)).toUpperCase(Locale.ROOT));
        boolean byKey = method == Method.PRIVATE_KEY_JWT
                || (method == Method.BEARER && isSet(Key.INTROSPECTION_KEY) && !hasSecret());
        boolean bySecret = OF_SECRETS.contains(method) || (method == Method.BEARER && !byKey);
        String clientId = clientId(meant);
        Secret secret = bySecret ? secret(method) : null;
        Path key = byKey ? signingKey(method) : null;
        String tokenUrl = values.url(at(Key.INTROSPECTION_TOKEN_URL), scope.own(Key.ALLOW_HTTP), true);
        requireNothingElse(method, bySecret, byKey);
        requireAddresses(method);
        return clientId == null || (bySecret && secret == null) || (byKey && key == null)
                ? null
                : new ClientSettings(
                        method,
                        clientId,
                        secret,
                        bySecret ? values.path(at(Key.INTROSPECTION_CLIENT_SECRET_FILE)) : null,
                        values.duration(at(Key.INTROSPECTION_SECRET_OVERLAP)),
                        key,
                        values.text(at(Key.INTROSPECTION_ASSERTION_AUDIENCE)),
                        tokenUrl == null ? null : URI.create(tokenUrl),
                        values.text(at(Key.INTROSPECTION_TOKEN_SCOPE)));
    }

    private @Nullable String clientId(String meant) {
        Setting key = at(Key.INTROSPECTION_CLIENT_ID);
        String clientId = values.text(key);
        if (clientId == null && !values.isSet(key)) {
            values.report(
                    key,
                    "is not set, although " + meant + " is",
                    "the client id of this API at the authorization server");
        }
        return clientId;
    }

    private boolean hasSecret() {
        return isSet(Key.INTROSPECTION_CLIENT_SECRET) || isSet(Key.INTROSPECTION_CLIENT_SECRET_FILE);
    }

    private @Nullable Secret secret(Method method) {
        Setting inlineKey = at(Key.INTROSPECTION_CLIENT_SECRET);
        Setting fileKey = at(Key.INTROSPECTION_CLIENT_SECRET_FILE);
        boolean inline = values.isSet(inlineKey);
        boolean inFile = values.isSet(fileKey);
        if (inline && inFile) {
            values.report(inlineKey, "is set, and so is " + fileKey.key(), "only one of them");
            return null;
        }
        if (!inline && !inFile) {
            values.report(inlineKey, "is not set", "the secret of that client, or set " + fileKey.key());
            return null;
        }
        Secret secret = inline ? values.secret(inlineKey) : files.secret(fileKey);
        if (secret != null && method == Method.CLIENT_SECRET_JWT) {
            requireThatItSigns(inline ? inlineKey : fileKey, secret);
        }
        return secret;
    }

    private void requireThatItSigns(Setting key, Secret secret) {
        try {
            SigningKey.ofSecret(secret.reveal().getBytes(StandardCharsets.UTF_8));
        } catch (UnusableFileException e) {
            values.report(
                    key,
                    "has a secret of fewer than 256 bits, with which HS256 may not sign (RFC 7518 3.2)",
                    "a secret of at least 32 characters, registered at the authorization server, or another "
                            + key(Key.INTROSPECTION_AUTH_METHOD));
        }
    }

    private @Nullable Path signingKey(Method method) {
        Setting key = at(Key.INTROSPECTION_KEY);
        if (!values.isSet(key)) {
            values.report(
                    key,
                    "is not set, but " + key(Key.INTROSPECTION_AUTH_METHOD) + " is " + method.word(),
                    "the path of a file with the client's private key");
            return null;
        }
        return files.usable(
                key,
                SigningKey.MAX_SIZE,
                SigningKey::read,
                "a file with a private JWK, a set of them, or PEM with a PKCS #8 private key");
    }

    private void requireNothingElse(Method method, boolean bySecret, boolean byKey) {
        boolean both = method == Method.BEARER && hasSecret() && isSet(Key.INTROSPECTION_KEY);
        if (!byKey && isSet(Key.INTROSPECTION_KEY)) {
            values.report(
                    at(Key.INTROSPECTION_KEY),
                    both ? "is set, and so is a secret" : isOfNoUse(method),
                    both ? "only one of them" : "nothing, or set " + chosen("private_key_jwt"));
        }
        if (!bySecret && hasSecret()) {
            Key set = isSet(Key.INTROSPECTION_CLIENT_SECRET)
                    ? Key.INTROSPECTION_CLIENT_SECRET
                    : Key.INTROSPECTION_CLIENT_SECRET_FILE;
            values.report(at(set), isOfNoUse(method), "nothing, or set " + chosen("client_secret_basic"));
        }
        for (Key each : new Key[] {Key.INTROSPECTION_TOKEN_URL, Key.INTROSPECTION_TOKEN_SCOPE}) {
            if (method != Method.BEARER && isSet(each)) {
                values.report(at(each), isOfNoUse(method), "nothing, or set " + chosen("bearer"));
            }
        }
        if (isSet(Key.INTROSPECTION_ASSERTION_AUDIENCE) && !byKey && method != Method.CLIENT_SECRET_JWT) {
            values.report(
                    at(Key.INTROSPECTION_ASSERTION_AUDIENCE),
                    isOfNoUse(method),
                    "nothing, or set " + chosen("private_key_jwt"));
        }
    }

    private String isOfNoUse(Method method) {
        return "is set, but " + chosen(method.word()) + " has no use for it";
    }

    private String chosen(String word) {
        return key(Key.INTROSPECTION_AUTH_METHOD) + "=" + word;
    }

    private void requireAddresses(Method method) {
        Setting methodKey = at(Key.INTROSPECTION_AUTH_METHOD);
        Setting issuer = scope.own(Key.ISSUER);
        if (method == Method.BEARER && !isSet(Key.INTROSPECTION_TOKEN_URL) && !values.isSet(issuer)) {
            values.report(
                    at(Key.INTROSPECTION_TOKEN_URL),
                    "is not set, and there is no " + issuer.key() + " to discover it from",
                    "the address of the token endpoint, or set " + issuer.key());
        }
        if (!method.showsCertificate()) {
            return;
        }
        Setting store = scope.own(Key.HTTP_KEY_STORE);
        if (!values.isSet(store)) {
            values.report(
                    store,
                    "is not set, but " + chosen(method.word()) + " needs a certificate",
                    "the path of a file with our certificate and its private key");
        }
        String url = values.unheard().url(at(Key.INTROSPECTION_URL), scope.own(Key.ALLOW_HTTP), true);
        if (url != null && url.startsWith("http:")) {
            values.report(
                    methodKey,
                    "is " + method.word() + ", but " + key(Key.INTROSPECTION_URL) + " is not https",
                    "another method, or an https address: without TLS there is no certificate");
        }
    }
}
