package dev.cardea.request;

import dev.cardea.fuzz.Oracle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Whatever stands in {@code htu}, and whatever a request says that it is for: no target, or one in the normal form that the
 * slow reading of RFC 3986 has for it, which has itself for one. A fuzz target; {@code docs/how-to/fuzzing.md} says how it runs.
 */
public final class TargetUriFuzz {
    private TargetUriFuzz() {}

    /** An input with a zero byte in it is the authority and the path of a request; any other is a URI. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        int zero = text.indexOf('\0');
        if (zero < 0) {
            TargetUri uri = TargetUri.parse(text);
            require(uri, SlowTargetUri.normalised(text));
        } else {
            ofRequest(text.substring(0, zero), text.substring(zero + 1));
        }
    }

    private static void ofRequest(String authority, String path) {
        boolean parts = !authority.matches("(?s).*[/?#].*") && path.matches("(?s)(/[^?#]*)?");
        for (boolean secure : new boolean[] {true, false}) {
            TargetUri uri = TargetUri.of(secure, authority, path);
            String whole = (secure ? "https://" : "http://") + authority + path;
            require(uri, parts ? SlowTargetUri.normalised(whole) : null);
        }
        String normal = UriPath.normalised(path);
        if (normal != null) {
            int rest = UriPath.behind(authority, normal);
            Oracle.require(rest <= normal.length(), "a rest within the path");
            Oracle.require(
                    rest < 0 || rest == normal.length() || normal.charAt(rest) == '/', "a rest that is whole segments");
        }
    }

    private static void require(TargetUri uri, String normal) {
        Oracle.require(Objects.equals(uri == null ? null : uri.toString(), normal), "the normal form, or none");
        if (uri != null) {
            Oracle.require(uri.equals(TargetUri.parse(normal)), "a normal form is its own");
        }
    }

    /** Some that are valid, in other spellings, and with one thing wrong. */
    public static List<String> seeds() {
        Random random = new Random(3986);
        return IntStream.range(0, 60)
                .mapToObj(i -> RandomUris.any(random))
                .flatMap(uri -> List.of(uri, RandomUris.otherwiseSpelled(uri, random), asRequest(uri)).stream())
                .distinct()
                .toList();
    }

    private static String asRequest(String uri) {
        int authority = uri.indexOf("//") + 2;
        int path = uri.indexOf('/', authority);
        return path < 0 ? uri.substring(authority) + '\0' : uri.substring(authority, path) + '\0' + uri.substring(path);
    }
}
