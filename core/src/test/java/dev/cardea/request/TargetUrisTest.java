package dev.cardea.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("D11")
class TargetUrisTest {
    private static final String PROXY = "10.1.2.3";
    private static final String STRANGER = "198.51.100.7";
    private static final TargetUris BEHIND_PROXY =
            new TargetUris(null, List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("2001:db8::/32")));
    private static final TargetUris DIRECT = new TargetUris(null, List.of());

    private static final String CONTAINERS = "http://backend:8080/shop/orders";

    @Test
    void withoutAProxyItIsWhatTheContainerSays() throws RejectedException {
        assertThat(DIRECT.of(request())).hasToString(CONTAINERS);
        assertThat(DIRECT.of(request().secure())).hasToString("https://backend:8080/shop/orders");
        assertThat(DIRECT.of(request().authority("Backend:80").path("/shop/%7e/../x")))
                .hasToString("http://backend/shop/x");
        assertThat(DIRECT.of(request().context("/"))).hasToString(CONTAINERS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded: proto=https;host=evil.example",
                "Forwarded: host=\"",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-Host: evil.example/x",
                "X-Forwarded-Port: 444",
                "X-Forwarded-Prefix: /evil",
                "X-Forwarded-Prefix: evil",
                "X-Forwarded-Server: evil.example",
                "X-Original-Host: evil.example",
                "X-Host: evil.example",
                "X-Forwarded-Scheme: https",
                "X-Forwarded-Ssl: on",
                "X-Original-URL: /evil",
                "X-Rewrite-URL: /evil"
            })
    void fieldsOfStrangersAreNotRead(String field) throws RejectedException {
        for (@Nullable
        String peer : new @Nullable String[] {STRANGER, "", null, "unknown", PROXY + ", " + STRANGER, "11.1.2.3"}) {
            assertThat(BEHIND_PROXY.of(request().from(peer).with(field)))
                    .as(peer)
                    .hasToString(CONTAINERS);
        }
        assertThat(DIRECT.of(request().from(PROXY).with(field)))
                .as("trusted by nobody")
                .hasToString(CONTAINERS);
    }

    @Test
    void theSameFieldsOfATrustedProxyAre() throws RejectedException {
        for (String peer : List.of(PROXY, "::ffff:" + PROXY, "2001:db8::1")) {
            assertThat(BEHIND_PROXY.of(request().from(peer).with("X-Forwarded-Host: api.example")))
                    .as(peer)
                    .hasToString("http://api.example/shop/orders");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "X-Forwarded-Proto: https > https://backend:8080/shop/orders",
                "X-Forwarded-Proto: HTTPS > https://backend:8080/shop/orders",
                "X-Forwarded-Proto: http, https > https://backend:8080/shop/orders",
                "X-Forwarded-Proto: https, http > http://backend:8080/shop/orders",
                "X-Forwarded-Proto: https | X-Forwarded-Host: api.example > https://api.example/shop/orders",
                "X-Forwarded-Proto: https | X-Forwarded-Host: API.example:443 > https://api.example/shop/orders",
                "X-Forwarded-Proto: https | X-Forwarded-Host: api.example:8443 > https://api.example:8443/shop/orders",
                "X-Forwarded-Host: evil.example, api.example > http://api.example/shop/orders",
                "X-Forwarded-Host: evil.example | X-Forwarded-Host: api.example > http://api.example/shop/orders",
                "X-Forwarded-Host: [::1]:81 > http://[::1]:81/shop/orders",
                // A port for a host without one
                "X-Forwarded-Host: api.example | X-Forwarded-Port: 8443 > http://api.example:8443/shop/orders",
                "X-Forwarded-Host: api.example | X-Forwarded-Port: 80 > http://api.example/shop/orders",
                "X-Forwarded-Host: api.example | X-Forwarded-Port: 444, 8443 > http://api.example:8443/shop/orders",
                "X-Forwarded-Host: [::1] | X-Forwarded-Port: 8443 > http://[::1]:8443/shop/orders",
                "X-Forwarded-Host: api.example:32443 | X-Forwarded-Port: 443 > http://api.example:32443/shop/orders",
                "X-Forwarded-Port: 443 > http://backend:8080/shop/orders",
                // The standard field
                "Forwarded: proto=https > https://backend:8080/shop/orders",
                "Forwarded: for=192.0.2.1;proto=https;host=api.example > https://api.example/shop/orders",
                "Forwarded: For=\"[::1]:80\"; Proto=HTTPS; HOST=\"api.example:8443\" > https://api.example:8443/shop/orders",
                "Forwarded: host=evil.example, host=api.example > http://api.example/shop/orders",
                "Forwarded: host=evil.example | Forwarded: host=api.example > http://api.example/shop/orders",
                "Forwarded: host=evil.example, for=192.0.2.1 > http://backend:8080/shop/orders",
                "Forwarded: for=\"a, host=evil.example\";host=api.example > http://api.example/shop/orders",
                "Forwarded: for=192.0.2.1 | X-Forwarded-Host: api.example > http://api.example/shop/orders",
                // Both say the same
                "Forwarded: proto=https;host=api.example | X-Forwarded-Proto: https | X-Forwarded-Host: api.example:443 > https://api.example/shop/orders",
                "Forwarded: proto=https;host=api.example | X-Forwarded-Port: 443 > https://api.example/shop/orders",
                "Forwarded: host=api.example:8443 | X-Forwarded-Host: api.example | X-Forwarded-Port: 8443 > http://api.example:8443/shop/orders",
                // A prefix stands before all of the path
                "X-Forwarded-Prefix: /api > http://backend:8080/api/shop/orders",
                "X-Forwarded-Prefix: /api/ > http://backend:8080/api/shop/orders",
                "X-Forwarded-Prefix: /%61pi/v1/../v2 > http://backend:8080/api/v2/shop/orders",
                "X-Forwarded-Prefix: /evil, /api > http://backend:8080/api/shop/orders",
                "X-Forwarded-Prefix: / > http://backend:8080/shop/orders",
                "X-Forwarded-Prefix: '' > http://backend:8080/shop/orders",
            })
    void whatATrustedProxySaysLast(String fields, String uri) throws RejectedException {
        assertThat(BEHIND_PROXY.of(request().from(PROXY).with(fields))).hasToString(uri);
        assertThat(BEHIND_PROXY.of(request().from(STRANGER).with(fields))).hasToString(CONTAINERS);
    }

    @Test
    void theContainersHostGetsThePortOfTheProxyIfItHasNone() throws RejectedException {
        Request request = request().from(PROXY).authority("api.example");
        assertThat(BEHIND_PROXY.of(request)).hasToString("http://api.example/shop/orders");
        assertThat(BEHIND_PROXY.of(request.with("X-Forwarded-Proto: https | X-Forwarded-Port: 8443")))
                .hasToString("https://api.example:8443/shop/orders");
    }

    @Test
    void dotsDoNotClimbIntoThePrefix() throws RejectedException {
        Request request = request().from(PROXY).path("/shop/../../orders").with("X-Forwarded-Prefix: /api");
        assertThat(BEHIND_PROXY.of(request)).hasToString("http://backend:8080/api/orders");
    }

    @Test
    void overTlsFromTheProxyItsWordCountsAsWell() throws RejectedException {
        Request request = request().from(PROXY).secure();
        assertThat(BEHIND_PROXY.of(request)).hasToString("https://backend:8080/shop/orders");
        assertThat(BEHIND_PROXY.of(request.with("X-Forwarded-Proto: http"))).hasToString(CONTAINERS);
    }

    @ParameterizedTest
    @Tag("N13")
    @ValueSource(
            strings = {
                "X-Forwarded-Host: ''",
                "X-Forwarded-Host: api.example,",
                "X-Forwarded-Host: api.example/x",
                "X-Forwarded-Host: api.example?x",
                "X-Forwarded-Host: a#b",
                "X-Forwarded-Host: user@api.example",
                "X-Forwarded-Host: api.example\\@evil.example",
                "X-Forwarded-Host: api example",
                "X-Forwarded-Host: https://api.example",
                "X-Forwarded-Host: api.example:x",
                "X-Forwarded-Host: api.example:0",
                "X-Forwarded-Host: api.example:65536",
                "X-Forwarded-Host: api.example:80:80",
                "X-Forwarded-Host: :80",
                "X-Forwarded-Host: [::1",
                "X-Forwarded-Host: [fe80::1%eth0]",
                "X-Forwarded-Host: %61",
                "X-Forwarded-Host: h\u00f6st",
                "X-Forwarded-Host: api.example | X-Forwarded-Port: x",
                "X-Forwarded-Host: api.example | X-Forwarded-Port: 80/x",
                "X-Forwarded-Host: api.example | X-Forwarded-Port: 65536",
                "Forwarded: host=",
                "Forwarded: host=\"\"",
                "Forwarded: host=api.example/x",
                "Forwarded: host=\"api.example",
                "Forwarded: host=api.example\"",
                "Forwarded: host=\"api\\.example\"",
                "Forwarded: host=api.example;host=api.example",
                "Forwarded: for=\"x, host=api.example",
                "Forwarded: host = api.example | X-Forwarded-Host: a/b",
                // Contradictions
                "Forwarded: host=api.example | X-Forwarded-Host: evil.example",
                "Forwarded: host=api.example | X-Forwarded-Host: api.example:8443",
                "Forwarded: host=api.example | X-Forwarded-Port: 8443",
                "Forwarded: host=api.example | X-Forwarded-Host: a/b",
                "Forwarded: proto=https | X-Forwarded-Proto: http",
                "Forwarded: proto=http | X-Forwarded-Proto: https",
                "Forwarded: proto=https;proto=https | X-Forwarded-Proto: https",
                "Forwarded: proto=\"https | X-Forwarded-Proto: https"
            })
    void whatNamesNoHostIsRefusedBeforeItIsUsed(String fields) throws RejectedException {
        assertRefused(BEHIND_PROXY, request().from(PROXY).with(fields), Reason.HOST_MALFORMED);
        assertThat(BEHIND_PROXY.of(request().from(PROXY).with("X-Forwarded-Host: api.example")))
                .hasToString("http://api.example/shop/orders");
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "/a b", "/a?b", "/a#b", "/%", "https://api.example/api", "/\u00e4"})
    void aPrefixThatIsNoPathIsRefused(String prefix) throws RejectedException {
        assertRefused(BEHIND_PROXY, request().from(PROXY).with("X-Forwarded-Prefix: " + prefix), Reason.AMBIGUOUS_PATH);
        assertThat(BEHIND_PROXY.of(request().from(PROXY).with("X-Forwarded-Prefix: /a")))
                .hasToString("http://backend:8080/a/shop/orders");
    }

    @Test
    @Tag("N13")
    void theContainersHostIsLookedAtToo() throws RejectedException {
        for (@Nullable String authority : new @Nullable String[] {null, "", "api/x?", "a#b", "u@a", "a:b", "a:80/x"}) {
            assertRefused(DIRECT, request().authority(authority), Reason.HOST_MALFORMED);
            assertRefused(BEHIND_PROXY, request().from(PROXY).authority(authority), Reason.HOST_MALFORMED);
        }
        assertThat(DIRECT.of(request())).hasToString(CONTAINERS);
    }

    @Test
    void aPathThatIsNoneIsRefused() throws RejectedException {
        TargetUris external = new TargetUris("https://api.example/shop", List.of());
        for (String path : List.of(
                "*", "shop/orders", "/shop/%", "/shop/%zz", "/shop/a b", "/shop/\u00e9", "/shop/a?b", "/shop/a#b")) {
            assertRefused(DIRECT, request().path(path), Reason.AMBIGUOUS_PATH);
            assertRefused(BEHIND_PROXY, request().from(PROXY).path(path), Reason.AMBIGUOUS_PATH);
            assertRefused(external, request().path(path), Reason.AMBIGUOUS_PATH);
        }
        assertThat(external.of(request())).hasToString("https://api.example/shop/orders");
    }

    @ParameterizedTest
    @CsvSource({
        // external URL, context path, path, what clients see
        "https://api.example, /shop, /shop/orders, https://api.example/orders",
        "https://api.example/, /shop, /shop/orders, https://api.example/orders",
        "https://api.example/shop, /shop, /shop/orders, https://api.example/shop/orders",
        "https://api.example/store/v1, /shop, /shop/orders, https://api.example/store/v1/orders",
        "https://api.example/store/, /shop, /shop/orders, https://api.example/store/orders",
        "HTTPS://API.example:443/%7estore, /shop, /shop/orders, https://api.example/~store/orders",
        "http://api.example:8080/store, /shop, /shop/orders, http://api.example:8080/store/orders",
        "https://[::1]:8443, /shop, /shop/orders, https://[::1]:8443/orders",
        // Nothing behind the context path
        "https://api.example, /shop, /shop, https://api.example/",
        "https://api.example, /shop, /shop/, https://api.example/",
        "https://api.example/store, /shop, /shop, https://api.example/store",
        "https://api.example/store/, /shop, /shop, https://api.example/store",
        "https://api.example/store, /shop, /shop/, https://api.example/store/",
        // The root
        "https://api.example, '', /orders, https://api.example/orders",
        "https://api.example/store, '', /orders, https://api.example/store/orders",
        "https://api.example/store, '', /, https://api.example/store/",
        "https://api.example/store, '', //orders, https://api.example/store//orders",
        // The rest is normalised, and what stands for itself stays
        "https://api.example/store, /shop, /shop/a/../%7E/%2f, https://api.example/store/~/%2F",
        "https://api.example/store, /shop, /shop//orders, https://api.example/store//orders",
        "https://api.example/store, /shop, /x/../shop/orders, https://api.example/store/orders",
        "https://api.example/store, /shop, /shop/shop/orders, https://api.example/store/shop/orders",
        // Other spellings of the context path
        "https://api.example/store, /shop, /%73h%6Fp/orders, https://api.example/store/orders",
        "https://api.example/store, /%73hop, /shop/orders, https://api.example/store/orders",
        "https://api.example/store, /a b, /a%20b/orders, https://api.example/store/orders",
        "https://api.example/store, /a%20b, /a%20b/orders, https://api.example/store/orders",
        "https://api.example/store, /größe, /gr%C3%B6%c3%9fe/orders, https://api.example/store/orders",
        "https://api.example/store, /a(1), /a%281%29/orders, https://api.example/store/orders",
        "https://api.example/store, /a%281), /a(1%29/orders, https://api.example/store/orders",
        "https://api.example/store, /a/b, /%61/b/orders, https://api.example/store/orders",
        "https://api.example/store, /100%, /100%25/orders, https://api.example/store/orders",
    })
    void theExternalUrlStandsInPlaceOfWhatTheContextPathIsTheEndOf(
            String external, String context, String path, String uri) throws RejectedException {
        TargetUris uris = new TargetUris(external, List.of(AddressRange.parse("10.0.0.0/8")));
        assertThat(uris.of(request().context(context).path(path))).hasToString(uri);
        Request forwarded = request()
                .context(context)
                .path(path)
                .from(PROXY)
                .authority(null)
                .with(
                        "X-Forwarded-Host: evil.example | X-Forwarded-Proto: http | Forwarded: \" | X-Forwarded-Prefix: x");
        assertThat(uris.of(forwarded)).as("whatever the fields say").hasToString(uri);
        assertThat(TargetUri.parse(uri)).hasToString(uri);
    }

    @ParameterizedTest
    @CsvSource({
        "/shop, /shopping/orders",
        "/shop, /sho",
        "/shop, /",
        "/shop, /Shop/orders",
        "/shop, //shop/orders",
        "/shop, /shop/../orders",
        "/shop, /shop%2Forders",
        "/shop, /shop;x=1/orders",
        "/a/b, /a%2Fb/orders",
        "/a%2Fb, /a/b/orders",
        "/a b, /a+b/orders",
        "/größe, /gr%F6%DFe/orders",
        "/a(1), /a%281/orders",
        "/a(1), /a%28",
    })
    void aPathOutsideTheContextPathIsRefused(String context, String path) throws RejectedException {
        TargetUris uris = new TargetUris("https://api.example/store", List.of());
        assertRefused(uris, request().context(context).path(path), Reason.AMBIGUOUS_PATH);
        assertThat(uris.of(request())).hasToString("https://api.example/store/orders");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "api.example",
                "/shop",
                "ftp://api.example",
                "https://",
                "https://user@api.example",
                "https://api.example?a",
                "https://api.example/a?",
                "https://api.example/#",
                "https://api.example/a b",
                "https://api.example:0/",
                "https://api.example:99999/",
                "https://api.example/%zz",
                "https://api.example, https://b.example"
            })
    void anExternalUrlIsChecked(String url) {
        assertThat(TargetUris.isExternalUrl(url)).isFalse();
        assertThat(TargetUris.isExternalUrl("https://api.example/shop")).isTrue();
        assertThatThrownBy(() -> new TargetUris(url, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHostIsTheSameInTurkey() throws RejectedException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr"));
        try {
            assertThat(DIRECT.of(request().authority("API.IO"))).hasToString("http://api.io/shop/orders");
        } finally {
            Locale.setDefault(before);
        }
    }

    private static void assertRefused(TargetUris uris, ReceivedRequest request, Reason reason) {
        RejectedException refusal = catchThrowableOfType(RejectedException.class, () -> uris.of(request));
        assertThat(refusal).isNotNull();
        assertThat(refusal.rejection().reason()).isEqualTo(reason);
        assertThat(refusal.rejection().detail()).doesNotContain("example", "%");
    }

    private static Request request() {
        return new Request(false, STRANGER, "backend:8080", "/shop", "/shop/orders", Map.of());
    }

    private record Request(
            boolean isSecure,
            @Nullable String peer,
            @Nullable String authority,
            String contextPath,
            String requestPath,
            Map<String, List<String>> fields)
            implements ReceivedRequest {

        Request secure() {
            return new Request(true, peer, authority, contextPath, requestPath, fields);
        }

        Request from(@Nullable String address) {
            return new Request(isSecure, address, authority, contextPath, requestPath, fields);
        }

        Request authority(@Nullable String other) {
            return new Request(isSecure, peer, other, contextPath, requestPath, fields);
        }

        Request context(String path) {
            return new Request(isSecure, peer, authority, path, requestPath, fields);
        }

        Request path(String path) {
            return new Request(isSecure, peer, authority, contextPath, path, fields);
        }

        /** {@code Name: value | Name: value}, with {@code ''} for nothing. */
        Request with(String lines) {
            Map<String, List<String>> all = new LinkedHashMap<>(fields);
            for (String line : lines.split(" \\| ")) {
                int colon = line.indexOf(':');
                String value = line.substring(colon + 1).strip().replace("''", "");
                all.merge(
                        line.substring(0, colon).strip(),
                        List.of(value),
                        (one, two) -> List.of(one.get(0), two.get(0)));
            }
            return new Request(isSecure, peer, authority, contextPath, requestPath, all);
        }

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public List<String> headers(String name) {
            return fields.getOrDefault(name, List.of());
        }

        @Override
        public List<X509Certificate> clientCertificates() {
            return List.of();
        }
    }
}
