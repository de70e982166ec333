package dev.cardea.request;

import java.util.List;
import java.util.Random;

/** URIs out of the pieces in which the difficulties lie, and the same ones in other spellings. */
final class RandomUris {
    private static final List<String> PIECES = List.of(
            "/", "/", "/", "/", ".", "..", "a", "B", "~", "-", "_", "%2e", "%2E", "%2f", "%2F", "%7e", "%41", "%c3%a9",
            "%25", "%252e", ";x=1", "..;", "(", "%28", "@", ":", "%3A", "9", "[", "|");
    private static final List<String> SPOILED =
            List.of("%", "%4", "%zz", " ", "\u00e9", "\\", "{", "\0", "%%", "\u017f");
    private static final List<String> HOSTS = List.of(
            "a",
            "api.example",
            "API.Example",
            "a.",
            "127.0.0.1",
            "[::1]",
            "[::A]",
            "[1:2:3:4:5:6:7:8]",
            "[::ffff:1.2.3.4]");
    private static final List<String> BAD_HOSTS =
            List.of("", "u@a", "a%41", "[::1%25a]", "[::", "[1.2.3.4]", "a b", "a\\b", "[:::]", "[1:2:3:4:5:6:7:8:9]");
    private static final List<String> PORTS = List.of("", "", "", ":", ":80", ":443", ":8443", ":0443", ":65535", ":1");
    private static final List<String> BAD_PORTS = List.of(":0", ":65536", ":x", ":123456", "::1", ":80:80", ":-1");
    private static final List<String> ENDS = List.of("", "", "", "?", "?a/../b", "#f", "?q#f", "#f?q", "?%");

    private RandomUris() {}

    static String valid(Random random) {
        return one(List.of("https://", "http://", "HTTPS://", "Http://"), random)
                + one(HOSTS, random)
                + one(PORTS, random)
                + path(random)
                + one(ENDS, random);
    }

    /** Valid in most cases. */
    static String any(Random random) {
        String uri = valid(random);
        return switch (random.nextInt(8)) {
            case 0 -> one(List.of("ftp://", "https:/", "https:", "//", "", "httpx://"), random) + "a" + path(random);
            case 1 -> "https://" + one(BAD_HOSTS, random) + one(PORTS, random) + path(random);
            case 2 -> "https://" + one(HOSTS, random) + one(BAD_PORTS, random) + path(random);
            case 3 -> {
                int at = random.nextInt(uri.length() + 1);
                yield uri.substring(0, at) + one(SPOILED, random) + uri.substring(at);
            }
            default -> uri;
        };
    }

    private static String path(Random random) {
        StringBuilder path = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            path.append(one(PIECES, random));
        }
        return path.isEmpty() || path.charAt(0) == '/' ? path.toString() : "/" + path;
    }

    /** One character more, less or other, anywhere. */
    static String changed(String uri, Random random) {
        int at = random.nextInt(uri.length() + 1);
        String piece = one(PIECES, random).substring(0, 1);
        int more = random.nextInt(3);
        return uri.substring(0, at)
                + (more == 0 ? "" : piece)
                + uri.substring(Math.min(uri.length(), at + (more == 1 ? 0 : 1)));
    }

    /** Each of the ways of 6.2.2 and 6.2.3, or none; the same where it does not apply. */
    static String otherwiseSpelled(String uri, Random random) {
        int authority = uri.indexOf("://") + 3;
        int path = authority;
        while (path < uri.length() && "/?#".indexOf(uri.charAt(path)) < 0) {
            path++;
        }
        int end = path;
        while (end < uri.length() && "?#".indexOf(uri.charAt(end)) < 0) {
            end++;
        }
        if (authority < 3) {
            return uri;
        }
        return switched(uri.substring(0, authority), random)
                + port(
                        switched(uri.substring(authority, path), random),
                        uri.charAt(4) == 's' || uri.charAt(4) == 'S',
                        random)
                + spelled(uri.substring(path, end), random)
                + one(ENDS, random);
    }

    private static String switched(String text, Random random) {
        StringBuilder switched = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) && random.nextInt(3) == 0) {
                switched.setCharAt(i, (char) (c ^ 0x20));
            }
        }
        return switched.toString();
    }

    private static String port(String authority, boolean secure, Random random) {
        boolean without = authority.endsWith("]") || authority.indexOf(':') < 0;
        return without ? authority + one(List.of("", ":", secure ? ":443" : ":80"), random) : authority;
    }

    private static String spelled(String path, Random random) {
        StringBuilder spelled = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%' && i + 2 < path.length()) {
                spelled.append('%').append(switched(path.substring(i + 1, i + 3), random));
                i += 2;
            } else if (c == '/' && random.nextInt(4) == 0) {
                spelled.append(one(List.of("/./", "/x/../", "/%2e/", "/y/%2E./", "/%78%2f/.%2e/"), random));
            } else if ((Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0) && c < 0x7f && random.nextInt(4) == 0) {
                spelled.append(String.format(random.nextBoolean() ? "%%%02x" : "%%%02X", (int) c));
            } else {
                spelled.append(c);
            }
        }
        return path.isEmpty() && random.nextBoolean() ? "/" : spelled.toString();
    }

    private static String one(List<String> pieces, Random random) {
        return pieces.get(random.nextInt(pieces.size()));
    }
}
