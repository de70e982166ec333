package dev.cardea.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetUriTest {
    private static final String VALID = "https://api.example:8443/a/b";

    @ParameterizedTest
    @Tag("D10")
    @CsvSource({
        // RFC 3986 6.2.2 and 6.2.2.1
        "https://a/b/c/%7Bfoo%7D, https://a/b/c/%7Bfoo%7D",
        "hTTPS://a/./b/../b/%63/%7bfoo%7d, https://a/b/c/%7Bfoo%7D",
        "HTTP://www.EXAMPLE.com/, http://www.example.com/",
        "https://a/%3a, https://a/%3A",
        // 6.2.2.2
        "https://a/%7Esmith/%41%5a%61%7a%30%39%2D%2e%5F, https://a/~smith/AZaz09-._",
        // 6.2.3
        "http://example.com, http://example.com/",
        "http://example.com:/, http://example.com/",
        "http://example.com:80/, http://example.com/",
        "https://example.com:443, https://example.com/",
        "https://example.com:0443/, https://example.com/",
        "https://example.com:80/, https://example.com:80/",
        "http://example.com:443/, http://example.com:443/",
        "https://example.com:08443/, https://example.com:8443/",
        // The requirement's own
        "HTTPS://HOST:443/a/../b/%7Euser, https://host/b/~user",
        "https://HOST, https://host/",
        // Query and fragment
        "https://a?b/../c, https://a/",
        "https://a#b, https://a/",
        "https://a/b?, https://a/b",
        "https://a/b?c#d, https://a/b",
        "https://a/b#c?d, https://a/b",
        "https://a/.?c, https://a/",
        "https://a/b?%zz, https://a/b",
        // What is left alone
        "https://a//b, https://a//b",
        "https://a//, https://a//",
        "https://a/b/, https://a/b/",
        "https://a/B, https://a/B",
        "https://a/%2F, https://a/%2F",
        "https://a/%2f, https://a/%2F",
        "https://a/%252e, https://a/%252e",
        "https://a/%25%32%65, https://a/%252e",
        "https://a/b;c=1/..;/d, https://a/b;c=1/..;/d",
        "https://a/.well-known/..a/a../..., https://a/.well-known/..a/a../...",
        "https://a/!$&'()*+:@=, https://a/!$&'()*+:@=",
        "https://a/[b]^|, https://a/[b]^|",
        "https://a./, https://a./",
        "https://[::A]:443/, https://[::a]/",
        "https://[0:0:0:0:0:0:0:1]:8443/, https://[0:0:0:0:0:0:0:1]:8443/",
        "https://[::ffff:192.0.2.1]/, https://[::ffff:192.0.2.1]/",
        "https://127.0.0.1:8443/, https://127.0.0.1:8443/",
        "https://a_b-c~!$&'()*+;=/, https://a_b-c~!$&'()*+;=/",
        // Dots that were escaped
        "https://a/b/%2e%2E/c, https://a/c",
        "https://a/b/.%2e, https://a/",
        "https://a/%2E/b, https://a/b",
        "https://a/b/%2E%2F/c, https://a/b/.%2F/c",
        "https://a/b//../c, https://a/b/c",
        "https://a//.., https://a/",
        "https://a//../.., https://a/",
        "https://a/../.., https://a/",
        "https://a/..//b, https://a//b",
    })
    void normalises(String htu, String normal) {
        assertThat(TargetUri.parse(htu)).hasToString(normal);
        assertThat(SlowTargetUri.normalised(htu)).isEqualTo(normal);
        assertThat(TargetUri.parse(normal)).hasToString(normal);
    }

    /** RFC 3986 5.4, those whose path is merged with that of {@code http://a/b/c/d;p?q}: dots are removed behind that. */
    @ParameterizedTest
    @Tag("D10")
    @CsvSource({
        "g, /b/c/g",
        "./g, /b/c/g",
        "g/, /b/c/g/",
        "g?y, /b/c/g",
        "g#s, /b/c/g",
        ";x, /b/c/;x",
        "g;x, /b/c/g;x",
        "g;x?y#s, /b/c/g;x",
        "., /b/c/",
        "./, /b/c/",
        ".., /b/",
        "../, /b/",
        "../g, /b/g",
        "../.., /",
        "../../, /",
        "../../g, /g",
        "../../../g, /g",
        "../../../../g, /g",
        "g., /b/c/g.",
        ".g, /b/c/.g",
        "g.., /b/c/g..",
        "..g, /b/c/..g",
        "./../g, /b/g",
        "./g/., /b/c/g/",
        "g/./h, /b/c/g/h",
        "g/../h, /b/c/h",
        "g;x=1/./y, /b/c/g;x=1/y",
        "g;x=1/../y, /b/c/y",
        "g?y/../x, /b/c/g",
        "g#s/../x, /b/c/g",
        "./../.., /",
        "/./g, /b/c//g",
        "/../g, /b/c/g",
    })
    void removesDotSegments(String reference, String path) {
        assertThat(TargetUri.parse("http://a/b/c/" + reference)).hasToString("http://a" + path);
        String raw = reference.replaceFirst("[?#].*", "");
        assertThat(TargetUri.of(false, "a", "/b/c/" + raw)).hasToString("http://a" + path);
        assertThat(SlowTargetUri.removeDotSegments("/b/c/" + raw)).isEqualTo(path);
    }

    @ParameterizedTest
    @Tag("D09")
    @ValueSource(
            strings = {
                "",
                "/",
                "https:",
                "https:/",
                "https://",
                "https:///",
                "https:///a",
                "https://?a",
                "https:/a/b",
                "https:a",
                "//a/b",
                "/a/b",
                "a",
                "http",
                "httpss://a/",
                "http:s//a/",
                "httq://a/",
                "ftp://a/b",
                "wss://a/b",
                "file:///a",
                "javascript://a/",
                " https://a/",
                "https://a/ ",
                "https://a/b c",
                "https://a/b?c d",
                "https://a/b?c\u00e9",
                "https://a/b#\n",
                "https://a/\t",
                "https://a/\0",
                "https://a/\u007f",
                "https://a/\u00e9",
                "https://\u00e9/",
                "http\u017f://a/",
                "https://a\u2024b/",
                "https://user@a/",
                "https://user:secret@a/",
                "https://@a/",
                "https://a@/",
                "https://a\\@b/",
                "https://a\\b/",
                "https://a/b\\c",
                "https://a b/",
                "https://%61/",
                "https://a%2fb/",
                "https://a:b/",
                "https://a:-1/",
                "https://a:+1/",
                "https://a:0/",
                "https://a:00000/",
                "https://a:65536/",
                "https://a:99999/",
                "https://a:000443/",
                "https://a:443:443/",
                "https://a:443a/",
                "https://:443/",
                "https://[::1/",
                "https://[::1]a/",
                "https://[::1]]/",
                "https://[]/",
                "https://[::g]/",
                "https://[:::1]/",
                "https://[1.2.3.4]/",
                "https://[fe80::1%25eth0]/",
                "https://[fe80::1%eth0]/",
                "https://[v1.a]/",
                "https://::1/",
                "https://a/[::1]/%",
                "https://a/%4",
                "https://a/%4?1",
                "https://a/%g1",
                "https://a/%1g",
                "https://a/%%41",
                "https://a/%u0041",
                "https://a/%-1",
                "https://a/%\uff11\uff11",
                "https://a/{id}",
                "https://a/<b>",
                "https://a/\"b\"",
                "https://a/`b`"
            })
    void isNoTarget(String htu) {
        assertThat(TargetUri.parse(htu)).isNull();
        assertThat(SlowTargetUri.normalised(htu)).isNull();
        assertThat(TargetUri.parse(VALID)).hasToString(VALID);
    }

    @Test
    @Tag("D09")
    void isOfBoundedLength() {
        String longest = "https://a/" + "b".repeat(8182);
        assertThat(TargetUri.parse(longest)).hasToString(longest);
        assertThat(TargetUri.parse(longest + "b")).isNull();
        assertThat(TargetUri.parse("https://a/?" + "b".repeat(8182))).isNull();
        assertThat(TargetUri.of(true, "a", "/" + "b".repeat(8182))).hasToString(longest);
        assertThat(TargetUri.of(true, "a", "/" + "b".repeat(8183))).isNull();
        assertThat(TargetUri.of(true, "a".repeat(8184), "/")).isNull();
    }

    @Test
    @Tag("D09")
    void theRequestsPartsCannotMoveTheirBorders() {
        assertThat(TargetUri.of(true, "api.example:8443", "/a/b")).hasToString(VALID);
        for (String authority : List.of(
                "",
                "api.example/x",
                "api.example?x",
                "a#b",
                "user@api.example",
                "api.example:",
                "api.example/",
                "a:80/x")) {
            TargetUri uri = TargetUri.of(true, authority, "/a/b");
            assertThat(uri)
                    .as(authority)
                    .isEqualTo(authority.equals("api.example:") ? TargetUri.parse("https://api.example/a/b") : null);
        }
        for (String path :
                List.of("a/b", "*", ":1/a", "?a", "/a?b", "/a#b", "@b/a", "http://a/b", "/a b", "/%", "/\u00e9")) {
            assertThat(TargetUri.of(true, "api.example", path)).as(path).isNull();
        }
        assertThat(TargetUri.of(true, "api.example", "")).hasToString("https://api.example/");
        assertThat(TargetUri.of(true, "api.example", "//evil.example/a"))
                .hasToString("https://api.example//evil.example/a");
        assertThat(TargetUri.of(false, "API.example:80", "/%7ea")).hasToString("http://api.example/~a");
    }

    @Test
    @Tag("D09")
    @Tag("D10")
    void everyOtherCharacterIsAnotherResource() {
        String uri = "https://api.example:8443/aB/%2F%C3%A9/x;y=1/~z.";
        TargetUri expected = TargetUri.parse(uri);
        assertThat(expected).isNotNull().hasToString(uri).hasSameHashCodeAs(TargetUri.parse(uri));
        int others = 0;
        for (int at = 0; at < uri.length(); at++) {
            for (char c = 0; c < 0x100; c++) {
                String changed = uri.substring(0, at) + c + uri.substring(at + 1);
                // Capitals are the same in scheme and host, and in escapes.
                boolean caseless = at < uri.indexOf('/', 8)
                        || (at > 0 && uri.charAt(at - 1) == '%')
                        || (at > 1 && uri.charAt(at - 2) == '%');
                boolean same =
                        caseless && c < 0x80 && Character.toLowerCase(c) == Character.toLowerCase(uri.charAt(at));
                if (c != uri.charAt(at) && !same) {
                    others++;
                    assertThat(TargetUri.parse(changed)).as(changed).isNotEqualTo(expected);
                }
            }
        }
        assertThat(others).isGreaterThan(10_000);
    }

    /** What differs for the reference differs here, and the other way round; and each normal form is its own. */
    @Test
    @Tag("D09")
    @Tag("D10")
    void agreesWithTheReferenceAboutWhateverIsMadeOfItsPieces() {
        Random random = new Random(3986);
        int valid = 0;
        int equal = 0;
        for (int round = 0; round < 200_000; round++) {
            String one = RandomUris.any(random);
            String two =
                    random.nextInt(3) == 0 ? RandomUris.otherwiseSpelled(one, random) : RandomUris.changed(one, random);
            String normalOne = SlowTargetUri.normalised(one);
            String normalTwo = SlowTargetUri.normalised(two);
            TargetUri parsedOne = TargetUri.parse(one);
            TargetUri parsedTwo = TargetUri.parse(two);
            assertThat(parsedOne == null ? null : parsedOne.toString()).as(one).isEqualTo(normalOne);
            assertThat(parsedTwo == null ? null : parsedTwo.toString()).as(two).isEqualTo(normalTwo);
            if (parsedOne != null && parsedTwo != null) {
                valid++;
                equal += parsedOne.equals(parsedTwo) ? 1 : 0;
                assertThat(parsedOne.equals(parsedTwo)).as(one + ' ' + two).isEqualTo(normalOne.equals(normalTwo));
                assertThat(TargetUri.parse(normalOne)).isEqualTo(parsedOne).hasToString(normalOne);
            }
        }
        assertThat(valid).isGreaterThan(50_000);
        assertThat(equal).isBetween(10_000, valid - 10_000);
    }

    @Test
    @Tag("D10")
    void otherSpellingsOfOneUriAreEqual() {
        Random random = new Random(9449);
        for (int round = 0; round < 50_000; round++) {
            String uri = RandomUris.valid(random);
            String other = RandomUris.otherwiseSpelled(uri, random);
            assertThat(TargetUri.parse(other)).as(uri + ' ' + other).isNotNull().isEqualTo(TargetUri.parse(uri));
        }
    }

    /** The JDK's class resolves dots in its own way where they lead above the root, so those are left out. */
    @Test
    @Tag("D10")
    void agreesWithTheJdkAboutDots() {
        Random random = new Random(5);
        List<String> segments = new ArrayList<>();
        for (int round = 0; round < 20_000; round++) {
            segments.clear();
            int depth = 0;
            for (int i = random.nextInt(8); i >= 0; i--) {
                String segment = List.of("a", "b.", ".", "..", ".c").get(random.nextInt(5));
                depth += segment.equals("..") ? -1 : segment.equals(".") ? 0 : 1;
                segments.add(depth < 0 ? "a" : segment);
                depth = Math.max(0, depth);
            }
            String uri = "https://h/" + String.join("/", segments) + (random.nextBoolean() ? "/" : "");
            assertThat(TargetUri.parse(uri))
                    .hasToString(URI.create(uri).normalize().toString());
        }
    }

    /** Not a measurement: a quarter of a second for what quadratic work would take minutes for. */
    @Test
    @Tag("D10")
    void dotsCostNoMoreThanTheirNumber() {
        String down = "/a".repeat(2000);
        assertThat(TargetUri.parse("https://a" + down + "/..".repeat(1300)))
                .hasToString("https://a" + "/a".repeat(700) + '/');
        assertThat(TargetUri.parse("https://a" + "/%2e%2e".repeat(1100))).hasToString("https://a/");
    }
}
