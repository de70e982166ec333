package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.environment.LogRecords;
import dev.cardea.it.environment.Server;
import dev.cardea.it.environment.Used;
import dev.cardea.testkit.TestAuthorizationServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What both servers wrote with {@code dev.cardea} at FINEST, read when both have stopped. */
class LogsIT {

    /** Long enough to be nobody's coincidence, short enough to find a token that was cut. */
    private static final int PIECE = 20;

    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9._~+/=-]{" + PIECE + ",}");

    /** Issued as they look; one that nobody issued would prove less. */
    private static final Pattern SPRINGS_OPAQUE = Pattern.compile("[A-Za-z0-9_-]{128}");

    private static final Pattern OUR_OPAQUE = Pattern.compile("opaque-[0-9a-f-]{36}");

    /** Ours, or of a library inside the one jar. */
    private static final Pattern OURS =
            Pattern.compile("dev\\.cardea|jose4j|ehcache|terracotta|slf4j", Pattern.CASE_INSENSITIVE);

    /** Warnings and errors that tests provoke, each with the test that does. */
    private static final List<Pattern> EXPECTED = List.of(
            // Every application here: its authorization server is asked over http.
            expected("cardea\\.(issuers\\.[a-z]+\\.)?allow-http-issuer=true: "),
            // The contract's tokens that have everything but a typ, and what SpringIT presents to another profile.
            expected("\\[?dev\\.cardea\\.profile\\]? .*signed is refused: .*said once"),
            // LibertyAuthorizesIT
            expected("cardea\\.introspection\\.allow-missing-audience=true: "),
            // MisconfigurationIT, and how each server reports a deployment that fails.
            expected("Cardea cannot protect the application \"/(un|mis)configured\", .*Cardea does not start: "),
            expected("Cardea cannot protect the application \"/unmatched\", .*path rules that would protect nothing:"),
            expected("^[^\\n]*path rules that would protect nothing:"),
            expected("Cardea cannot protect the application \"/impossible-servlet\", .*ImpossibleServlet"),
            expected("Cardea does not start: its configuration has (a problem|4 problems)"),
            expected("Cardea: annotations that would protect nothing:"),
            expected("@RequiresScope on dev\\.cardea\\.it\\.app\\.ImpossibleServlet names no scope"),
            // The contract, whose trusted proxy says so.
            expected("\\[?dev\\.cardea\\]? .*came over plain HTTP from '127\\.0\\.0\\.1'"),
            // WarShapesIT
            expected("Cardea is in WEB-INF/lib but was not started: web\\.xml has an <absolute-ordering> without it"),
            expected("The JAX-RS half of Cardea is not active in the servlet .* of /(one-half|disabled),"),
            // RouteBypassIT, which opens everything in order to see that rules below hold.
            expected("cardea\\.routes: a path rule \\(all\\) opens the whole application \"/shapes\""),
            // BeansIT. A servlet's exception is logged by the server before a filter sees it; one of them comes too
            // late.
            expected("SRVE0777E: [^\\n]*\\n[^\\n]*RefusedCallException: not allowed to call "),
            expected("UT005023: Exception handling request to /beans/ledger/plain: .*RefusedCallException"),
            expected("EnterpriseLedger.*no request is being handled here"),
            // BypassIT: what a server cannot decode, and methods that it does not know.
            expected("RESTEASY002130: Failed to parse request"),
            expected(
                    "Error Page Exception: [\\s\\S]*(is not defined in RFC 2068|invalid or improperly encoded|is not supported by this URL)"),
            // DispatchesIT
            expected("failing as it is meant to|app\\.FailingServlet\\.doGet"),
            // OutageIT, OidcProviderIT, FaultsBeforeSpringIT, DeadEndpointIT, ClientAuthenticationIT, and the outage in
            // the contract
            expected(
                    "\\[?dev\\.cardea\\.introspection\\]? .*POST \\S+: (answered (307|400|401|429|500|503|plain JSON)|no answer|an answer|the answer|the connection is refused)"),
            expected(
                    "\\[?dev\\.cardea\\.introspection\\]? .*introspection at \\S+: (5 of the last 20 calls failed|as many calls as allowed have been made)"),
            // DeadEndpointIT, whose clients are more than may ask at a time.
            expected(
                    "\\[?dev\\.cardea\\.introspection\\]? .*introspection at \\S+: as many calls as allowed are in flight"),
            // MutualTlsIT
            expected("The header field \\S+ of '127\\.0\\.0\\.2' is ignored: only a proxy in cardea\\.proxy\\.trusted"),
            // FreshnessIT
            expected("\\[?dev\\.cardea\\.management\\]? .*cardea\\.when-unavailable is now stale, "),
            expected("\\[?dev\\.cardea\\.jwks\\]? .*no signing keys from "),
            expected("\\[?dev\\.cardea\\.discovery\\]? .*no metadata of issuer "));

    @ParameterizedTest
    @EnumSource
    @Tag("N18")
    @Tag("I17")
    void noTokenAndNoSecretStandsInAnyLog(Server server) throws IOException {
        Set<String> pieces = pieces(server);
        assertThat(pieces).as("pieces of what was sent").hasSizeGreaterThan(300);

        for (Path file : server.logFiles()) {
            assertThat(findings(read(file), pieces)).as("in %s", file).isEmpty();
            for (Used.Client client : Used.clients(server)) {
                assertThat(read(file)).as("in %s of %s", file, client).doesNotContain(client.secret(), client.basic());
            }
        }
    }

    /** Or the test above could pass because it looks for nobody's. */
    @ParameterizedTest
    @EnumSource
    void theSecretsOfAllClientsAreLookedFor(Server server) {
        Set<Used.Client> clients = Used.clients(server);
        assertThat(clients)
                .contains(
                        new Used.Client(TestAuthorizationServer.CLIENT_ID, TestAuthorizationServer.CLIENT_SECRET),
                        new Used.Client("another-api", "wrong-secret-0815"),
                        new Used.Client("orders-api", "kept-to-ourselves-4711"),
                        new Used.Client("orders-client-opaque", "orders-client-opaque-secret"));

        Set<String> pieces = pieces(server);
        assertThat(clients)
                .allSatisfy(client -> assertThat(findings("authorization: Basic " + client.basic() + ", Host", pieces))
                        .isNotEmpty());
    }

    /** Or the test above could pass because it finds nothing anywhere. */
    @ParameterizedTest
    @EnumSource
    void aTokenInALogWouldBeFound(Server server) {
        Set<String> pieces = pieces(server);
        String token = Used.secrets(server).stream()
                .filter(secret -> secret.startsWith("Bearer eyJ") && secret.length() < 2_000)
                .findFirst()
                .orElseThrow()
                .substring("Bearer ".length());

        assertThat(findings("a line about token " + token + " and more", pieces))
                .isNotEmpty();
        assertThat(findings("\"" + token.substring(token.indexOf('.')) + "\"", pieces))
                .isNotEmpty();
        assertThat(findings("a line about token 0123456789abcdef", pieces)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("N18")
    void fingerprintsStandThereInstead(Server server) throws Exception {
        StringBuilder logs = new StringBuilder();
        for (Path file : server.logFiles()) {
            logs.append(read(file));
        }
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        List<String> seen = Used.secrets(server).stream()
                .filter(secret -> secret.startsWith("Bearer "))
                .map(secret -> secret.substring("Bearer ".length()))
                .distinct()
                .filter(token -> logs.indexOf(HexFormat.of()
                                .formatHex(sha256.digest(token.getBytes(StandardCharsets.ISO_8859_1)), 0, 8))
                        >= 0)
                .toList();

        assertThat(seen.stream().filter(token -> token.startsWith("eyJ") && token.length() < 2_000))
                .as("JWTs whose fingerprint was logged")
                .hasSizeGreaterThan(100);
        assertThat(seen.stream().filter(token -> SPRINGS_OPAQUE.matcher(token).matches()))
                .as("opaque tokens of the real authorization server whose fingerprint was logged")
                .isNotEmpty();
        assertThat(seen.stream().filter(token -> OUR_OPAQUE.matcher(token).matches()))
                .as("opaque tokens of the authorization server that fails")
                .isNotEmpty();
    }

    /** Resources, servlets, what path rules add, WebSocket endpoints, beans; and what a rule on trial would have done. */
    @ParameterizedTest
    @EnumSource
    @Tag("N23")
    void whatEachEndpointAsksForIsListedAtTheStart(Server server) throws IOException {
        assertThat(read(server.log()))
                .containsPattern(
                        " endpoints of \"/shapes\" and what they ask for; anything else, where no path rule holds: any valid token\\R")
                .containsPattern(
                        "\\R {2}GET +/shapes/api/shapes/inherited +scope orders:read +\\[InheritedResource\\.read]")
                .containsPattern("\\R {2}\\* +/shapes/plain/servlet +scope orders:read +\\[servlet ")
                .containsPattern(
                        "\\R {2}\\* +/routes/secret/\\* +scope orders:read \\(path rule secret\\) +\\[servlet routed]")
                .containsPattern("\\R {2}GET +/sockets/echo/\\{room} +scope orders:read +\\[WebSocket EchoEndpoint]")
                .containsPattern("\\R {2}call +scope orders:read orders:write +\\[bean PlainLedger\\.write]")
                .containsPattern("\\R {2}path rule post-secret: POST /routes/secret/\\* +scope orders:write\\R")
                .containsPattern("\\R {2}path rule trial: /routes/\\* +scope orders:write, reports only\\R")
                .containsPattern(
                        "cardea\\.routes\\.trial\\.report-only: the rule would have refused 1 of \\d+ requests that were let in ");
    }

    @ParameterizedTest
    @EnumSource
    void nothingOfOursIsAWarningAnErrorOrAStackTraceThatNoTestProvoked(Server server) {
        List<String> unexpected = LogRecords.of(server.log()).stream()
                .filter(LogRecords::isTrouble)
                .filter(record -> OURS.matcher(record).find())
                .filter(record -> EXPECTED.stream()
                        .noneMatch(pattern -> pattern.matcher(record).find()))
                .map(record -> record.substring(0, Math.min(record.length(), 600)))
                .toList();

        assertThat(unexpected).isEmpty();
    }

    /** Or the test above could pass because nothing is recognised. */
    @Test
    void eachExpectedTroubleIsThere() {
        for (Server server : Server.values()) {
            List<String> troubles = LogRecords.of(server.log()).stream()
                    .filter(LogRecords::isTrouble)
                    .toList();
            assertThat(troubles)
                    .anyMatch(record -> record.contains("cardea.allow-http-issuer=true"))
                    .anyMatch(record -> record.contains("it refuses our credentials"))
                    .anyMatch(record -> record.contains("\tat "));
        }
    }

    private static List<String> findings(String text, Set<String> pieces) {
        List<String> findings = new ArrayList<>();
        Matcher run = RUN.matcher(text);
        while (run.find()) {
            String word = run.group();
            for (int i = 0; i + PIECE <= word.length(); i++) {
                if (pieces.contains(word.substring(i, i + PIECE))) {
                    findings.add("piece of a token at " + (run.start() + i));
                }
            }
        }
        return findings;
    }

    /** What begins and what ends each part of each credential; a scheme and a header that all tokens share are no secrets. */
    private static Set<String> pieces(Server server) {
        Set<String> pieces = new HashSet<>();
        Set<String> credentials = new LinkedHashSet<>();
        Used.clients(server).forEach(client -> credentials.add(client.basic()));
        for (String value : Used.secrets(server)) {
            credentials.addAll(Arrays.asList(value.split(" ", -1)));
        }
        for (String credential : credentials) {
            String[] segments = credential.split("\\.", -1);
            for (int i = segments.length == 3 ? 1 : 0; i < segments.length; i++) {
                if (segments[i].length() >= PIECE) {
                    pieces.add(segments[i].substring(0, PIECE));
                    pieces.add(segments[i].substring(segments[i].length() - PIECE));
                }
            }
        }
        return pieces;
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private static Pattern expected(String regex) {
        return Pattern.compile(regex, Pattern.DOTALL);
    }
}
