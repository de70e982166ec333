package dev.cardea.request;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@link TargetUri} does, out of the grammar and the pseudo code of RFC 3986, step by step, with no thought of speed and
 * nothing of the code under test.
 */
final class SlowTargetUri {
    /** RFC 3986 appendix B, of absolute URIs with an authority. */
    private static final Pattern PARTS = Pattern.compile("([^:/?#]+)://([^/?#]*)([^?#]*)(\\?[^#]*)?(#.*)?");

    private static final Pattern AUTHORITY =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9\\-._~!$&'()*+,;=]+)(:([0-9]{0,5}))?");
    /** RFC 3986 3.3 without its escapes, and four characters that clients do not escape. */
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9\\-._~!$&'()*+,;=:@\\[\\]^|/]*)?");

    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");

    private SlowTargetUri() {}

    /** The normal form, or null. */
    static @Nullable String normalised(String uri) {
        Matcher parts = PARTS.matcher(uri);
        if (uri.length() > 8192 || !uri.matches("[!-~]*") || !parts.matches()) {
            return null;
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        Matcher authority = AUTHORITY.matcher(parts.group(2));
        if (!scheme.matches("https?")
                || !authority.matches()
                || !PATH.matcher(ESCAPE.matcher(parts.group(3)).replaceAll("")).matches()) {
            return null;
        }
        String host = authority.group(1);
        if (host.startsWith("[") && !isIpv6(host.substring(1, host.length() - 1))) {
            return null;
        }
        String port = "";
        if (authority.group(3) != null && !authority.group(3).isEmpty()) {
            int number = Integer.parseInt(authority.group(3));
            if (number < 1 || number > 65535) {
                return null;
            }
            port = number == (scheme.equals("https") ? 443 : 80) ? "" : ":" + number;
        }
        String path = removeDotSegments(escapes(parts.group(3)));
        return scheme + "://" + host.toLowerCase(Locale.ROOT) + port + (path.isEmpty() ? "/" : path);
    }

    /** 6.2.2.1 and 6.2.2.2. */
    private static String escapes(String path) {
        return ESCAPE.matcher(path).replaceAll(escape -> {
            String character = String.valueOf((char) Integer.parseInt(escape.group(1), 16));
            return character.matches("[A-Za-z0-9\\-._~]")
                    ? character
                    : escape.group().toUpperCase(Locale.ROOT);
        });
    }

    /** 5.2.4, with its letters. */
    static String removeDotSegments(String path) {
        String input = path;
        String output = "";
        while (!input.isEmpty()) {
            if (input.startsWith("../")) { // A
                input = input.substring(3);
            } else if (input.startsWith("./")) {
                input = input.substring(2);
            } else if (input.startsWith("/./")) { // B
                input = input.substring(2);
            } else if (input.equals("/.")) {
                input = "/";
            } else if (input.startsWith("/../") || input.equals("/..")) { // C
                input = input.equals("/..") ? "/" : input.substring(3);
                output = output.substring(0, Math.max(0, output.lastIndexOf('/')));
            } else if (input.equals(".") || input.equals("..")) { // D
                input = "";
            } else { // E
                int next = input.indexOf('/', 1);
                output += next < 0 ? input : input.substring(0, next);
                input = next < 0 ? "" : input.substring(next);
            }
        }
        return output;
    }

    /** 3.2.2: the IPv6address rule, by counting groups. */
    private static boolean isIpv6(String text) {
        String address = text;
        int dot = text.indexOf('.');
        if (dot >= 0) {
            int start = text.lastIndexOf(':') + 1;
            String octet = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
            if (!text.substring(start).matches(octet + "(\\." + octet + "){3}")) {
                return false;
            }
            address = text.substring(0, start) + "0:0";
        }
        String[] halves = address.split("::", -1);
        if (halves.length > 2) {
            return false;
        }
        int groups = 0;
        for (String half : halves) {
            if (half.isEmpty() && halves.length == 2) {
                continue;
            }
            if (!half.matches("[0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4})*")) {
                return false;
            }
            groups += half.split(":").length;
        }
        return halves.length == 2 ? groups <= 7 : groups == 8;
    }
}
