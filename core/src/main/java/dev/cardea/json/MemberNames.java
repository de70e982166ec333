package dev.cardea.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Names that stand in nearly every token, kept once instead of once per token: of a small token they are half of the
 * memory. Which names are in here changes nothing but that.
 */
final class MemberNames {
    private static final @Nullable String[] TABLE = table(
            // RFC 7515, RFC 7516
            "alg",
            "kid",
            "typ",
            "cty",
            "enc",
            "epk",
            "x5t",
            "x5t#S256",
            "jku",
            "x5u",
            "x5c",
            "jwk",
            "zip",
            // RFC 7519, RFC 8693, RFC 9068, RFC 7800, RFC 9396
            "iss",
            "sub",
            "aud",
            "exp",
            "nbf",
            "iat",
            "jti",
            "client_id",
            "scope",
            "auth_time",
            "acr",
            "amr",
            "roles",
            "groups",
            "entitlements",
            "act",
            "may_act",
            "cnf",
            "jkt",
            "authorization_details",
            "events",
            // OpenID Connect
            "azp",
            "sid",
            "nonce",
            "name",
            "given_name",
            "family_name",
            "middle_name",
            "nickname",
            "email",
            "email_verified",
            "preferred_username",
            "locale",
            "updated_at",
            "at_hash",
            // RFC 7662
            "active",
            "token_type",
            "username",
            // Products
            "scp",
            "permissions",
            "gty",
            "realm_access",
            "resource_access",
            "account",
            "allowed-origins",
            "session_state",
            "clientHost",
            "clientAddress",
            "tid",
            "oid",
            "ver",
            "appid",
            "appidacr",
            "azpacr",
            "idp",
            "idtyp",
            "rh",
            "uti",
            "xms_ftd",
            "upn",
            "unique_name",
            "token_use",
            "version",
            "origin_jti",
            "cognito:groups",
            "cid",
            "uid",
            "grant_type",
            "tenant",
            "tenant_id",
            "org_id",
            "org_name");

    private MemberNames() {}

    /** What ASCII from {@code start} to {@code end} spells. */
    static String name(byte[] text, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + text[i];
        }
        int slot = slot(hash);
        for (String name = TABLE[slot]; name != null; name = TABLE[slot]) {
            if (is(name, text, start, end)) {
                return name;
            }
            slot = slot + 1 & TABLE.length - 1;
        }
        return new String(text, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private static boolean is(String name, byte[] text, int start, int end) {
        if (name.length() != end - start) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (name.charAt(i - start) != text[i]) {
                return false;
            }
        }
        return true;
    }

    /** The hash is that of {@link String}, since all names are ASCII. */
    private static int slot(int hash) {
        return (hash ^ hash >>> 9) & 511;
    }

    private static @Nullable String[] table(String... names) {
        @Nullable String[] table = new @Nullable String[512];
        for (String name : names) {
            int slot = slot(name.hashCode());
            while (table[slot] != null) {
                slot = slot + 1 & table.length - 1;
            }
            table[slot] = name;
        }
        return table;
    }
}
