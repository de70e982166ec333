package dev.cardea.config;

import dev.cardea.config.ClientSettings.Method;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads who we are to one authorization server: {@code cardea.introspection.client-id} and what belongs to it. */
final class ClientReader {
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

    /**
     * Null if a problem was reported without which nothing can be made of it.
     *
     * @param meant the setting that says that introspection is wanted
     */
    @Nullable
    ClientSettings read(String meant) {
        Method method =
                Method.valueOf(values.choice(at(Key.INTROSPECTION_AUTH_METHOD)).toUpperCase(Locale.ROOT));
        String clientId = clientId(meant);
        boolean needsKey = method == Method.PRIVATE_KEY_JWT;
        boolean needsSecret = method == Method.CLIENT_SECRET_BASIC
                || method == Method.CLIENT_SECRET_POST
                || method == Method.CLIENT_SECRET_JWT
                || (method == Method.BEARER && !values.isSet(at(Key.INTROSPECTION_KEY)));
        Secret secret = needsSecret ? secret() : null;
        Path key = files.readable(at(Key.INTROSPECTION_KEY));
        if (needsKey && !values.isSet(at(Key.INTROSPECTION_KEY))) {
            values.report(
                    at(Key.INTROSPECTION_KEY),
                    "is not set, but " + at(Key.INTROSPECTION_AUTH_METHOD).key() + " is private_key_jwt",
                    "the path of a file with the client's private key");
        }
        String tokenUrl = values.url(at(Key.INTROSPECTION_TOKEN_URL), scope.own(Key.ALLOW_HTTP), true);
        return clientId == null || (needsSecret && secret == null) || (needsKey && key == null)
                ? null
                : new ClientSettings(
                        method,
                        clientId,
                        secret,
                        values.path(at(Key.INTROSPECTION_CLIENT_SECRET_FILE)),
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

    private @Nullable Secret secret() {
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
        return inline ? values.secret(inlineKey) : files.secret(fileKey);
    }
}
