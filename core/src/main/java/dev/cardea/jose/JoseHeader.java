package dev.cardea.jose;

import dev.cardea.json.JsonObject;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The header of a token, held to what every token's header is held to (RFC 7515 4.1, RFC 7516 4.1): no extension, an
 * algorithm, members of the right JSON type. What its presenter wrote, and nobody vouches for.
 *
 * <p>{@code jku}, {@code x5u}, {@code x5c} and {@code jwk} are never read of a token: some products put them into every one, and its keys
 * come from the configuration only (RFC 8725 3.10). Only a DPoP proof brings its key with it. Immutable.
 */
public final class JoseHeader {
    private static final int MAX_KID = 256;
    private static final String MEDIA_TREE = "application/";
    private static final String[] EXTENSIONS = {"crit", "b64", "zip"};

    private final JsonObject members;
    private final String algorithm;
    private final @Nullable String keyId;
    private final @Nullable String type;

    private JoseHeader(JsonObject members) throws RejectedException {
        this.members = members;
        requireNoExtension();
        this.algorithm = required("alg");
        this.keyId = shortEnough(string("kid"));
        this.type = mediaType("typ");
    }

    /** The header in the first {@code end} characters of a token. */
    public static JoseHeader read(byte[] ascii, int end) throws RejectedException {
        return new JoseHeader(Segments.object(ascii, 0, end, "header"));
    }

    /** The header that a JSON object is. */
    public static JoseHeader of(JsonObject members) throws RejectedException {
        return new JoseHeader(members);
    }

    /** {@code alg}, as it stands. */
    public String algorithm() {
        return algorithm;
    }

    /** {@code kid}, of at most 256 characters, or null. */
    public @Nullable String keyId() {
        return keyId;
    }

    /** {@code typ} in lower case and without {@code application/} (RFC 7515 4.1.9), or null. */
    public @Nullable String type() {
        return type;
    }

    /** A member as it is; null if it is absent or null. */
    public @Nullable Object member(String name) {
        return members.get(name);
    }

    /** A string member, or null if absent. Refuses any other type, JSON null included. */
    public @Nullable String string(String name) throws RejectedException {
        Object value = members.get(name);
        if (value == null && !members.containsKey(name)) {
            return null;
        }
        if (value instanceof String string) {
            return string;
        }
        throw refused("header member '" + name + "' is not a string");
    }

    /** A string member that has to be there. */
    public String required(String name) throws RejectedException {
        String value = string(name);
        if (value == null) {
            throw refused("no header member '" + name + "'");
        }
        return value;
    }

    /** RFC 7515 4.1.9, RFC 8725 3.11 (W14): without another slash, the media type tree may stand or be missing. */
    public @Nullable String mediaType(String name) throws RejectedException {
        String type = string(name);
        if (type == null || !type.chars().allMatch(c -> c < 0x80)) {
            return type; // Folding the case of a Kelvin sign would make a k of it.
        }
        String lower = type.toLowerCase(Locale.ROOT);
        boolean inTree = lower.startsWith(MEDIA_TREE) && lower.indexOf('/', MEDIA_TREE.length()) < 0;
        return inTree ? lower.substring(MEDIA_TREE.length()) : lower;
    }

    /** RFC 7515 4.1.11, RFC 7797 (W20); RFC 7516 4.1.3, RFC 8725 3.6 (W18): nothing is decompressed. */
    private void requireNoExtension() throws RejectedException {
        for (String name : EXTENSIONS) {
            if (members.containsKey(name)) {
                throw refused("header member '" + name + "'");
            }
        }
    }

    /** RFC 8725 3.10 (W12): {@code kid} is only ever compared, but there is no reason to carry a novel around. */
    private static @Nullable String shortEnough(@Nullable String keyId) throws RejectedException {
        if (keyId != null && keyId.length() > MAX_KID) {
            throw refused("a kid of more than " + MAX_KID + " characters");
        }
        return keyId;
    }

    private static RejectedException refused(String what) {
        return new RejectedException(Reason.HEADER_NOT_ACCEPTED, what);
    }
}
