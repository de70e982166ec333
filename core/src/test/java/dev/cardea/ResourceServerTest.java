package dev.cardea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.testkit.AccessTokens;
import dev.cardea.testkit.EncryptionFault;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.IntrospectionFault;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.TestEncryptionKey;
import dev.cardea.testkit.TestKeys;
import dev.cardea.testkit.TokenEncryption;
import dev.cardea.testkit.TokenFault;
import dev.cardea.testkit.TokenVariant;
import dev.cardea.testkit.TransportFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole pipeline against an authorization server that listens. */
class ResourceServerTest {
    private final AtomicLong ahead = new AtomicLong();
    private static final AccessPolicy READ = AccessPolicy.allScopes("orders:read");

    private final List<DecisionEvent> events = new ArrayList<>();
    private TestAuthorizationServer as;
    private ResourceServer server;

    @BeforeEach
    void start() {
        as = TestAuthorizationServer.start(Clock.systemUTC());
        server = server(Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
        as.close();
    }

    @Test
    @Tag("B01")
    @Tag("T08")
    @Tag("accepts")
    void grantsWhatTheTokenSufficesFor() {
        for (String token : List.of(as.issueJwt("orders:read"), as.issueOpaque("orders:read"))) {
            Caller caller = granted(token, READ);
            assertThat(caller.scopes()).containsExactly("orders:read");
            assertThat(caller.issuer()).contains(as.issuer());
            assertThat(caller.scheme()).contains("Bearer");
            assertThat(caller.isAnonymous()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(TokenFault.class)
    @Tag("T01")
    @Tag("T02")
    @Tag("T03")
    @Tag("T04")
    @Tag("T05")
    @Tag("T06")
    @Tag("T07")
    @Tag("T08")
    @Tag("W13")
    @Tag("W17")
    @Tag("accepts")
    @Tag("refuses")
    @Tag("N12")
    @Tag("W16")
    @Tag("W05")
    void refusesEveryFaultOfAJwtAndGrantsItsTwin(TokenFault fault) {
        Caller twin = granted(as.accessToken("orders:read").build(), READ);
        assertThat(twin.subject()).isPresent();
        as.forgetRequests();
        String faulted = as.accessToken("orders:read").build(fault);
        Decision.Denied denied = denied(server, bearer(faulted), READ);
        assertThat(denied.answer().status()).as(fault.what()).isEqualTo(fault.fitsInHeader() ? fault.status() : 400);
        assertThat(challenge(denied.answer()))
                .contains("error=\"" + (fault.fitsInHeader() ? fault.error() : "invalid_request") + "\"");
        assertThat(as.wasLuredAway()).as("asked the attacker").isFalse();
        // Without alg it is not a JWT (RFC 7515 4.1.1), so the authorization server is asked, and does not know it.
        assertThat(as.count(Endpoint.INTROSPECTION))
                .as("asked about a JWT")
                .isEqualTo(fault == TokenFault.ALG_MISSING ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource(EncryptionFault.class)
    @Tag("T08")
    @Tag("T11")
    @Tag("W05")
    @Tag("accepts")
    @Tag("refuses")
    void refusesEveryFaultOfAnEncryptedTokenAsAnyOtherAndGrantsItsTwin(EncryptionFault fault, @TempDir Path folder)
            throws IOException {
        TestEncryptionKey key = TestKeys.ecEncryption();
        Path file = Files.writeString(folder.resolve("decryption.jwk"), key.privateJson());
        try (ResourceServer opening = server(Map.of("cardea.jwt.decryption-key", file.toString()))) {
            assertThat(decide(opening, bearer(as.issueEncrypted(key, "orders:read")), READ))
                    .isInstanceOf(Decision.Granted.class);
            String faulted = TokenEncryption.to(key).encrypt(as.accessToken("orders:read"), fault);
            Answer answer = denied(opening, bearer(faulted), READ).answer();
            String expired = as.accessToken("orders:read").build(TokenFault.EXPIRED);

            // Two spellings are no token68, and ten kibibytes are too long: the extractor's affair.
            assertThat(answer.status()).isIn(400, 401);
            if (answer.status() == 401) {
                assertThat(answer.headers())
                        .isEqualTo(
                                denied(opening, bearer(expired), READ).answer().headers());
            }
            assertThat(as.count(Endpoint.INTROSPECTION)).isEqualTo(fault == EncryptionFault.ALG_MISSING ? 1 : 0);
        }
        assertThat(denied(server, bearer(as.issueEncrypted(key, "orders:read")), READ)
                        .answer()
                        .status())
                .isEqualTo(401);
    }

    /** Who asks about every token does not open any; but even then one token has one spelling. */
    @Test
    @Tag("W17")
    @Tag("accepts")
    @Tag("refuses")
    void anEncryptedTokenIsAskedAboutWhereEveryTokenIs() {
        try (ResourceServer asking = server(Map.of("cardea.token.validation", "introspect"))) {
            String token = as.issueEncrypted(TestKeys.ecEncryption(), "orders:read");
            as.introspectAs(
                    token,
                    "{\"active\":true,\"iss\":\"" + as.issuer() + "\",\"aud\":\"" + TestAuthorizationServer.AUDIENCE
                            + "\",\"sub\":\"u\",\"client_id\":\"c\",\"scope\":\"orders:read\"}");
            assertThat(decide(asking, bearer(token), READ)).isInstanceOf(Decision.Granted.class);
            assertThat(as.count(Endpoint.INTROSPECTION)).isEqualTo(1);

            assertThat(denied(asking, bearer(token + "="), READ).reason()).isEqualTo("TOKEN_MALFORMED");
            assertThat(as.count(Endpoint.INTROSPECTION)).isEqualTo(1);
        }
    }

    @Test
    @Tag("N06")
    void whatCannotBeATokenCausesNoCall() {
        try (ResourceServer prefixed = server(Map.of("cardea.token.opaque-prefix", "at_"))) {
            as.introspectAs(
                    "at_1",
                    "{\"active\":true,\"iss\":\"" + as.issuer() + "\",\"aud\":\"" + TestAuthorizationServer.AUDIENCE
                            + "\",\"sub\":\"u\",\"client_id\":\"c\",\"scope\":\"orders:read\"}");
            assertThat(decide(prefixed, bearer("at_1"), READ)).isInstanceOf(Decision.Granted.class);
            assertThat(as.count(Endpoint.INTROSPECTION)).isEqualTo(1);
            for (String nonsense : List.of("nonsense", "AT_1", "at", "xat_1")) {
                denied(prefixed, bearer(nonsense), READ);
            }
            assertThat(as.count(Endpoint.INTROSPECTION)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TokenVariant.class)
    @Tag("T01")
    @Tag("T03")
    @Tag("T13")
    @Tag("W14")
    @Tag("accepts")
    void grantsEveryUnusualButValidJwt(TokenVariant variant) {
        granted(as.accessToken("orders:read").build(variant), READ);
    }

    @Test
    @Tag("N22")
    void whomAnotherResourceServerAuthenticatedIsNobodyHere() {
        try (ResourceServer other = server(Map.of("cardea.audience", "https://api.example/other"))) {
            Authentication ours = server.authenticate(bearer(as.issueJwt("orders:read")), PathRule.none());
            assertThat(server.made(ours)).isTrue();
            assertThat(server.authorize(ours, READ)).isInstanceOf(Decision.Granted.class);

            assertThat(other.made(ours)).isFalse();
            assertThatThrownBy(() -> other.authorize(ours, READ)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @Tag("N15")
    void aTokenOfAnotherIssuerCausesNoCall() {
        granted(as.issueJwt("orders:read"), READ);
        as.forgetRequests();
        String foreign =
                as.accessToken("orders:read").issuer("https://other.example").build();
        assertThat(denied(server, bearer(foreign), READ).reason()).isEqualTo("ISSUER_UNKNOWN");
        assertThat(as.requests()).isEmpty();
    }

    @Test
    @Tag("N14")
    void dotsDoNotMakeAnOpaqueTokenAJwt() {
        String dotted = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";
        assertThat(denied(server, bearer(dotted), READ).reason()).isEqualTo("INACTIVE");
        assertThat(as.count(Endpoint.INTROSPECTION)).isEqualTo(1);
        as.introspectAs(
                dotted,
                "{\"active\":true,\"aud\":\"" + TestAuthorizationServer.AUDIENCE + "\",\"scope\":\"orders:read\"}");
        ResourceServer fresh = server(Map.of());
        assertThat(fresh.authorize(fresh.authenticate(bearer(dotted), PathRule.none()), READ))
                .isInstanceOf(Decision.Granted.class);
        fresh.close();
    }

    @Test
    @Tag("C05")
    @Tag("I06")
    @Tag("I11")
    @Tag("I12")
    @Tag("C01")
    void refusesOpaqueTokensThatAreInactiveOrMeantForOthers() {
        granted(as.issueOpaque("orders:read"), READ);
        assertThat(denied(server, bearer("never-issued"), READ).reason()).isEqualTo("INACTIVE");
        assertThat(denied(server, bearer(opaqueWith("aud", "https://other.example")), READ)
                        .reason())
                .isEqualTo("AUDIENCE_MISMATCH");
        assertThat(denied(server, bearer(opaqueWith("aud", null)), READ).reason())
                .isEqualTo("CLAIM_MISSING");
        assertThat(denied(server, bearer(opaqueWith("iss", "https://other.example")), READ)
                        .reason())
                .isEqualTo("ISSUER_MISMATCH");
    }

    @Test
    @Tag("I11")
    void aMissingAudienceCanBeAllowedByNameOnly() {
        String token = opaqueWith("aud", null);
        ResourceServer lenient = server(Map.of("cardea.introspection.allow-missing-audience", "true"));
        assertThat(lenient.authorize(lenient.authenticate(bearer(token), PathRule.none()), READ))
                .isInstanceOf(Decision.Granted.class);
        assertThat(denied(lenient, bearer(opaqueWith("aud", "https://other.example")), READ)
                        .reason())
                .isEqualTo("AUDIENCE_MISMATCH");
        lenient.close();
        assertThat(denied(server, bearer(token), READ).reason()).isEqualTo("CLAIM_MISSING");
    }

    @ParameterizedTest
    @EnumSource(IntrospectionFault.class)
    @Tag("I05")
    @Tag("I09")
    void anAnswerThatIsNeitherYesNorNoIsNotTheClientsFault(IntrospectionFault fault) {
        granted(as.issueOpaque("orders:read"), READ);
        String token = as.issueOpaque("orders:read");
        as.fail(Endpoint.INTROSPECTION, fault);
        assertThat(unavailable(bearer(token)).status()).isEqualTo(503);
        as.heal();
        granted(token, READ);
    }

    @ParameterizedTest
    @EnumSource(
            value = TransportFault.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SERVER_ERROR_WITH_THE_RIGHT_BODY"})
    @Tag("I07")
    @Tag("I08")
    @Tag("I09")
    @Tag("I21")
    void anAuthorizationServerInTroubleIsNotTheClientsFault(TransportFault fault) {
        String opaque = as.issueOpaque("orders:read");
        as.fail(Endpoint.INTROSPECTION, fault);
        Answer answer = unavailable(bearer(opaque));
        assertThat(answer.headers().get("Retry-After"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .matches("[1-9][0-9]*");
        assertThat(answer.headers()).doesNotContainKey("WWW-Authenticate");
        assertThat(as.wasLuredAway()).isFalse();
        as.heal();
        ahead.addAndGet(Duration.ofSeconds(7).toNanos()); // what two of them ask for
        granted(opaque, READ);
    }

    @ParameterizedTest
    @EnumSource(
            value = TransportFault.class,
            names = {
                "UNAUTHORIZED",
                "NOT_FOUND",
                "SERVER_ERROR",
                "HTML",
                "EMPTY",
                "TRUNCATED_JSON",
                "HUGE",
                "REDIRECT",
                "RESET",
                "CLOSED"
            })
    @Tag("T18")
    @Tag("accepts")
    @Tag("refuses")
    void keysThatCannotBeFetchedAreNotTheClientsFault(TransportFault fault) {
        String jwt = as.issueJwt("orders:read");
        as.fail(Endpoint.JWKS, fault);
        // Not the one that everybody has here: its keys are fetched in the background, maybe before they fail.
        try (ResourceServer failing = server(Map.of())) {
            assertThat(decide(failing, bearer(jwt), READ)).isInstanceOf(Decision.Unavailable.class);
        }
        assertThat(as.wasLuredAway()).isFalse();
        as.heal();
        ResourceServer restarted = server(Map.of());
        assertThat(restarted.authorize(restarted.authenticate(bearer(jwt), PathRule.none()), READ))
                .isInstanceOf(Decision.Granted.class);
        restarted.close();
    }

    @Test
    @Tag("C02")
    @Tag("C05")
    @Tag("D40")
    @Tag("I13")
    @Tag("N16")
    @Tag("accepts")
    @Tag("refuses")
    void aBoundTokenIsNeverTakenAsABearerToken() {
        granted(as.issueOpaque("orders:read"), READ);
        String thumbprint = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
        Map<Object, String> bindings = Map.of(
                Map.of("jkt", thumbprint),
                "SENDER_CONSTRAINED",
                Map.of("x5t#S256", thumbprint),
                "CERTIFICATE_MISSING",
                Map.of("jkt", "x"),
                "CONFIRMATION_UNKNOWN",
                Map.of("jkt", thumbprint + "="),
                "CONFIRMATION_UNKNOWN",
                Map.of("x5t#S256", List.of(thumbprint)),
                "CONFIRMATION_UNKNOWN",
                Map.of("jkt", thumbprint, "x5t#S256", "x"),
                "CONFIRMATION_UNKNOWN",
                Map.of("kid", "x"),
                "CONFIRMATION_UNKNOWN",
                Map.of(),
                "CONFIRMATION_UNKNOWN",
                "x",
                "CONFIRMATION_UNKNOWN");
        bindings.forEach((cnf, reason) -> {
            assertThat(denied(server, bearer(opaqueWith("cnf", cnf)), READ).reason())
                    .as("%s, of token_type Bearer (D38)", cnf)
                    .isEqualTo(reason.equals("SENDER_CONSTRAINED") ? "CONFIRMATION_UNKNOWN" : reason);
            String jwt = as.accessToken("orders:read").claim("cnf", cnf).build();
            assertThat(denied(server, bearer(jwt), READ).reason()).as("%s", cnf).isEqualTo(reason);
        });
        assertThat(denied(server, bearer(opaqueWith("token_type", "DPoP")), READ)
                        .reason())
                .isEqualTo("CONFIRMATION_UNKNOWN");
    }

    @Test
    @Tag("B16")
    @Tag("B17")
    @Tag("C05")
    void insufficientScopeIs403WithWhatIsRequired() {
        granted(as.issueJwt("orders:read", "x"), READ);
        for (String scope : List.of("orders:list", "Orders:Read", "orders:readwrite", "orders")) {
            Decision.Denied denied = denied(server, bearer(as.issueJwt(scope)), READ);
            assertThat(denied.answer().status()).isEqualTo(403);
            assertThat(challenge(denied.answer()))
                    .contains("error=\"insufficient_scope\"")
                    .endsWith("scope=\"orders:read\"");
        }
        AccessPolicy both = AccessPolicy.allScopes("b", "a");
        granted(as.issueJwt("a", "b"), both);
        assertThat(challenge(denied(server, bearer(as.issueJwt("a")), both).answer()))
                .endsWith("scope=\"a b\"");
        granted(as.issueJwt("b"), AccessPolicy.anyScope("a", "b"));
    }

    @Test
    void rolesComeBeforeScopes() {
        AccessPolicy clerkMayRead = READ.and(AccessPolicy.anyRole("clerk", "boss"));
        granted(as.accessToken("orders:read").claim("roles", List.of("boss")).build(), clerkMayRead);
        Decision.Denied denied = denied(server, bearer(as.issueJwt("other")), clerkMayRead);
        assertThat(denied.reason()).isEqualTo("ROLE_MISSING");
        assertThat(denied.answer().status()).isEqualTo(403);
        assertThat(challenge(denied.answer())).isEqualTo("Bearer realm=\"cardea\"");
        granted(as.issueJwt("other"), AccessPolicy.authenticated());
        assertThat(denied(server, bearer(as.issueJwt("other")), AccessPolicy.deny())
                        .answer()
                        .status())
                .isEqualTo(403);
    }

    @Test
    @Tag("B09")
    @Tag("B10")
    @Tag("B13")
    void noCredentialsAreChallengedWithoutAnErrorCode() {
        for (Request none :
                List.of(new Request(), new Request("Basic dXNlcjpwYXNz"), new Request().query("access_token=x"))) {
            Decision.Denied denied = denied(server, none, READ);
            assertThat(denied.answer().status()).isEqualTo(401);
            assertThat(challenge(denied.answer())).isEqualTo("Bearer realm=\"cardea\", scope=\"orders:read\"");
        }
        // Of the background, which fetches keys, nothing can be said here.
        assertThat(as.count(Endpoint.INTROSPECTION)).isZero();
    }

    @Test
    @Tag("B04")
    @Tag("B05")
    @Tag("B14")
    void malformedAndRepeatedCredentialsAre400() {
        String token = as.issueJwt("orders:read");
        granted(token, READ);
        for (Request bad : List.of(
                new Request("Bearer"),
                new Request("Bearer " + token + " x"),
                new Request("Bearer " + token, "Bearer " + token),
                new Request("Bearer " + token, "DPoP " + token))) {
            Decision.Denied denied = denied(server, bad, READ);
            assertThat(denied.answer().status()).isEqualTo(400);
            assertThat(challenge(denied.answer())).contains("error=\"invalid_request\"");
        }
    }

    @Test
    void whereAnonymousIsAllowedWhatIsPresentedStillHasToBeGood() {
        AccessPolicy open = AccessPolicy.anonymous();
        assertThat(grantedTo(new Request(), open).isAnonymous()).isTrue();
        assertThat(granted(as.issueJwt("x"), open).isAnonymous()).isFalse();
        assertThat(denied(server, bearer("never-issued"), open).answer().status())
                .isEqualTo(401);
        as.fail(Endpoint.INTROSPECTION, TransportFault.SERVER_ERROR);
        assertThat(grantedTo(bearer(as.issueOpaque("x")), open).isAnonymous()).isTrue();
        assertThat(events.get(events.size() - 1).reason()).isEqualTo("INTROSPECTION_UNAVAILABLE");
        assertThat(events.get(events.size() - 1).outcome()).isEqualTo(DecisionEvent.Outcome.GRANTED_ANONYMOUSLY);
    }

    @Test
    void whereCredentialsAreIgnoredTheCallerIsAnonymousWhateverHePresents() {
        assertThat(grantedTo(bearer("never-issued"), AccessPolicy.permit()).isAnonymous())
                .isTrue();
        assertThat(grantedTo(bearer(as.issueJwt("x")), AccessPolicy.permit()).isAnonymous())
                .isTrue();
    }

    @Test
    void everyRequestEndsInOneEventThatNamesTheTokenByItsFingerprint() {
        String token = as.issueOpaque("orders:list");
        Request request = bearer(token).with("X-Request-Id", "req-1");
        Authentication authentication = server.authenticate(request, PathRule.none());
        server.authorize(authentication, AccessPolicy.authenticated());
        server.authorize(authentication, READ.forEndpoint("Orders.list"));
        assertThat(events).isEmpty();
        server.conclude(authentication);
        server.conclude(authentication);
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.outcome()).isEqualTo(DecisionEvent.Outcome.DENIED);
            assertThat(event.reason()).isEqualTo("SCOPE_MISSING");
            assertThat(event.clause()).isEqualTo("B16");
            assertThat(event.source()).isEqualTo("REMOTE");
            assertThat(event.issuer()).isEqualTo(as.issuer());
            assertThat(event.route()).isEqualTo("Orders.list");
            assertThat(event.scheme()).isEqualTo("Bearer");
            assertThat(event.tokenBytes()).isEqualTo(token.length());
            assertThat(event.correlationId()).isEqualTo("req-1");
            assertThat(event.establishedAt()).isNotNull();
            assertThat(event.resolveNanos()).isPositive();
            assertThat(event.toString()).doesNotContain(token);
            assertThat(event.fingerprint()).matches("[0-9a-f]{16}");
        });
        server.conclude(server.authenticate(bearer(token), PathRule.none()));
        assertThat(events.get(1).route()).isEqualTo("/test/*");
        assertThat(events.get(1).source()).isEqualTo("CACHE");
        assertThat(events.get(1).outcome()).isEqualTo(DecisionEvent.Outcome.UNDECIDED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "\u001b[31m",
                "",
                "x\r\ny",
                "0123456789012345678901234567890123456789012345678901234567890123x"
            })
    void aCorrelationIdThatCouldDoHarmIsReplaced(String id) {
        decide(server, new Request().with("X-Request-Id", id), READ);
        assertThat(events.get(0).correlationId()).matches("[0-9a-f]{16}");
    }

    @Test
    @Tag("B18")
    @Tag("G01")
    void noDetailForTheOperatorReachesTheClient() {
        ResourceServer verbose = server(Map.of("cardea.resource.problem-details", "true"));
        List<Answer> answers = new ArrayList<>();
        for (TokenFault fault : TokenFault.values()) {
            Request faulted = bearer(as.accessToken("orders:read").build(fault));
            answers.add(denied(verbose, faulted, READ).answer());
        }
        answers.add(denied(verbose, bearer(as.issueJwt("orders:list")), READ).answer());
        answers.add(denied(verbose, bearer(as.issueJwt("orders:read")), AccessPolicy.anyRole("clerk"))
                .answer());
        assertThat(events).extracting(DecisionEvent::detail).doesNotContain("");
        for (int i = 0; i < events.size(); i++) {
            DecisionEvent event = events.get(i);
            assertThat(answers.get(i).toString())
                    .doesNotContain(event.detail(), event.reason(), String.valueOf(event.fingerprint()))
                    .contains(":request:" + event.correlationId());
        }
        assertThat(decide(verbose, bearer(as.issueJwt("orders:read")), READ)).isInstanceOf(Decision.Granted.class);
        verbose.close();
    }

    @Test
    @Tag("G01")
    void aRefusalHasABodyForWhoTakesOneWhereThatIsSwitchedOn() {
        ResourceServer verbose = server(Map.of("cardea.resource.problem-details", "true"));
        assertThat(denied(verbose, new Request().with("X-Request-Id", "req-1"), READ)
                        .answer()
                        .body())
                .isEqualTo("{\"type\":\"tag:cardea.dev,2026:problem:credentials-required\","
                        + "\"title\":\"Credentials required\",\"status\":401,"
                        + "\"detail\":\"The resource requires an access token.\","
                        + "\"instance\":\"tag:cardea.dev,2026:request:req-1\"}");
        assertThat(denied(verbose, new Request().with("Accept", "text/html"), READ)
                        .answer()
                        .body())
                .isNull();
        assertThat(denied(server, new Request(), READ).answer().body()).isNull();
        verbose.close();
    }

    @Test
    @Tag("B19")
    void credentialsOverPlainHttpAreRefusedBeforeTheyAreLookedAt() {
        String token = as.issueOpaque("orders:read");
        Decision.Denied denied = denied(server, bearer(token).inTheClearFrom("198.51.100.7"), READ);
        assertThat(denied.reason()).isEqualTo("TLS_REQUIRED");
        assertThat(denied.answer().status()).isEqualTo(403);
        assertThat(challenge(denied.answer())).isEqualTo("Bearer realm=\"cardea\"");
        assertThat(denied(server, new Request("Bearer").inTheClearFrom("198.51.100.7"), READ)
                        .reason())
                .isEqualTo("TLS_REQUIRED");
        assertThat(denied(server, bearer(token).inTheClearFrom("198.51.100.7"), AccessPolicy.anonymous())
                        .reason())
                .isEqualTo("TLS_REQUIRED");
        assertThat(as.count(Endpoint.INTROSPECTION)).isZero();
        assertThat(events).allSatisfy(event -> assertThat(event.fingerprint()).isNull());

        granted(token, READ);
        grantedTo(bearer(token).inTheClearFrom("127.0.0.1"), READ);
        grantedTo(bearer(token).inTheClearFrom("0:0:0:0:0:0:0:1"), READ);
    }

    @Test
    @Tag("B19")
    void whatNeedsCredentialsDoesNotAskForThemOverPlainHttp() {
        Decision.Denied denied = denied(server, new Request().inTheClearFrom(null), READ);
        assertThat(denied.answer().status()).isEqualTo(403);
        assertThat(challenge(denied.answer())).doesNotContain("error");
        assertThat(grantedTo(new Request().inTheClearFrom(null), AccessPolicy.anonymous())
                        .isAnonymous())
                .isTrue();
        assertThat(grantedTo(bearer("anything").inTheClearFrom(null), AccessPolicy.permit())
                        .isAnonymous())
                .isTrue();
    }

    @Test
    @Tag("B19")
    @Tag("C03")
    void onlyATrustedProxyCanSayThatARequestCameByTls() {
        String token = as.issueJwt("orders:read");
        ResourceServer behindProxy = server(Map.of("cardea.proxy.trusted", "10.0.0.0/8"));
        assertThat(decide(
                        behindProxy, bearer(token).inTheClearFrom("10.1.2.3").with("X-Forwarded-Proto", "https"), READ))
                .isInstanceOf(Decision.Granted.class);
        assertThat(denied(
                                behindProxy,
                                bearer(token).inTheClearFrom("11.1.2.3").with("X-Forwarded-Proto", "https"),
                                READ)
                        .reason())
                .isEqualTo("TLS_REQUIRED");
        assertThat(denied(server, bearer(token).inTheClearFrom("10.1.2.3").with("X-Forwarded-Proto", "https"), READ)
                        .reason())
                .isEqualTo("TLS_REQUIRED");
        behindProxy.close();
    }

    @Test
    @Tag("B19")
    void plainHttpCanBeAllowedByName() {
        String token = as.issueJwt("orders:read");
        ResourceServer lenient = server(Map.of("cardea.require-tls", "false"));
        assertThat(decide(lenient, bearer(token).inTheClearFrom(null), READ)).isInstanceOf(Decision.Granted.class);
        assertThat(denied(server, bearer(token).inTheClearFrom(null), READ).reason())
                .isEqualTo("TLS_REQUIRED");
        lenient.close();
    }

    @Test
    @Tag("B22")
    void whateverIsAnsweredInsteadOfTheResourceIsNotStored() {
        List<Answer> answers = List.of(
                denied(server, new Request(), READ).answer(),
                denied(server, bearer("nonsense"), READ).answer(),
                denied(server, bearer(as.issueJwt("orders:list")), READ).answer(),
                server.closed(new Request()));
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.headers()).containsEntry("Cache-Control", List.of("no-store")));
        as.fail(Endpoint.INTROSPECTION, TransportFault.SERVER_ERROR);
        assertThat(unavailable(bearer("nobody-knows")).headers()).containsEntry("Cache-Control", List.of("no-store"));
    }

    /** Over HTTP the contract holds it; here it cannot even be said. */
    @Test
    @Tag("B06")
    void aRequestHasNoBodyThatCouldBeRead() {
        assertThat(ProtectedRequest.class.getMethods())
                .allSatisfy(method -> assertThat(method.getReturnType()).isIn(String.class, List.class, boolean.class));
        assertThat(grantedTo(bearer(as.issueJwt("orders:read")), READ).isAnonymous())
                .isFalse();
        assertThat(denied(server, new Request().with("Content-Type", "application/x-www-form-urlencoded"), READ)
                        .reason())
                .isEqualTo("NO_CREDENTIALS");
    }

    @Test
    @Tag("N13")
    void aRequestWhoseHostIsNoneIs400EvenWithAGoodToken() {
        String token = as.issueJwt("orders:read");
        Request request = bearer(token);
        request.headers.put("host", List.of("api.example:8443"));
        assertThat(decide(server, request, READ)).isInstanceOf(Decision.Granted.class);

        for (List<String> hosts : List.of(List.of("a#b"), List.of("api.example", "api.example"))) {
            request.headers.put("host", hosts);
            Decision.Denied denied = denied(server, request, READ);
            assertThat(denied.answer().status()).isEqualTo(400);
            assertThat(challenge(denied.answer())).contains("error=\"invalid_request\"");
        }
    }

    @Test
    @Tag("B07")
    @Tag("B08")
    void aTokenInTheQueryIsRecordedAsMisuseAndNeverCounts() {
        String token = as.issueJwt("orders:read");
        assertThat(decide(server, bearer(token), READ)).isInstanceOf(Decision.Granted.class);
        assertThat(events.get(0).tokenInQuery()).isFalse();
        assertThat(decide(server, bearer(token).query("access_token=" + token), READ))
                .isInstanceOf(Decision.Granted.class);
        assertThat(events.get(1).tokenInQuery()).isTrue();
        assertThat(denied(server, new Request().query("access_token=" + token), READ)
                        .reason())
                .isEqualTo("TOKEN_IN_QUERY");
        assertThat(events.get(2).tokenInQuery()).isTrue();
        assertThat(events.toString()).doesNotContain(token);
    }

    @Test
    void aListenerThatFailsChangesNothing() {
        ResourceServer failing = ResourceServer.builder()
                .properties(settings(Map.of()))
                .listener(event -> {
                    throw new IllegalStateException("listener");
                })
                .listener(events::add)
                .build();
        assertThat(decide(failing, bearer(as.issueJwt("orders:read")), READ)).isInstanceOf(Decision.Granted.class);
        assertThat(events).hasSize(1);
        failing.close();
    }

    @Test
    @Tag("B18")
    void everyUnusableTokenIsAnsweredAlike() {
        Answer unknown = denied(server, bearer("never-issued"), READ).answer();
        assertThat(unknown.status()).isEqualTo(401);
        for (TokenFault fault :
                List.of(TokenFault.EXPIRED, TokenFault.FOREIGN_KEY, TokenFault.WRONG_AUDIENCE, TokenFault.ALG_NONE)) {
            assertThat(denied(server, bearer(as.accessToken("orders:read").build(fault)), READ)
                            .answer())
                    .isEqualTo(unknown);
        }
    }

    @Test
    @Tag("T01")
    @Tag("T20")
    @Tag("accepts")
    @Tag("refuses")
    void theSpringProfileTakesPlainJwtsButNoIdTokens() {
        ResourceServer spring = server(Map.of("cardea.issuer-profile", "spring"));
        AccessTokens valid = as.accessToken("orders:read").notBefore(0).without("client_id");
        for (AccessTokens plain : List.of(valid.header("typ", "JWT"), valid.withoutHeader("typ"))) {
            assertThat(decide(spring, bearer(plain.build()), READ)).isInstanceOf(Decision.Granted.class);
            assertThat(denied(spring, bearer(plain.claim("azp", "shop").build()), READ)
                            .reason())
                    .isEqualTo("TYPE_NOT_ACCEPTED");
            assertThat(denied(spring, bearer(plain.without("nbf").build()), READ)
                            .reason())
                    .isEqualTo("TYPE_NOT_ACCEPTED");
            assertThat(denied(server, bearer(plain.build()), READ).reason()).isEqualTo("TYPE_NOT_ACCEPTED");
        }
        assertThat(denied(spring, bearer(valid.header("typ", "logout+jwt").build()), READ)
                        .reason())
                .isEqualTo("TYPE_NOT_ACCEPTED");
        spring.close();
    }

    /** Spring Authorization Server 7.1.1 says {@code active} of ID tokens and refresh tokens, without a token type. */
    @Test
    @Tag("I13")
    @Tag("T20")
    @Tag("accepts")
    @Tag("refuses")
    void theSpringProfileTakesNothingThatIntrospectionGivesNoTokenType() {
        ResourceServer spring = server(Map.of(
                "cardea.issuer-profile", "spring",
                "cardea.token.validation", "introspect",
                "cardea.introspection.allow-missing-audience", "true"));
        AccessPolicy any = AccessPolicy.authenticated();
        assertThat(decide(spring, bearer(opaqueWith("token_type", "Bearer")), any))
                .isInstanceOf(Decision.Granted.class);
        // An access token, but no bearer token.
        assertThat(denied(spring, bearer(opaqueWith("token_type", "DPoP")), any).reason())
                .isEqualTo("CONFIRMATION_UNKNOWN");
        assertThat(denied(spring, bearer(opaqueWith("token_type", "N_A")), any).reason())
                .isEqualTo("TYPE_NOT_ACCEPTED");
        String idToken = opaqueWith("token_type", null);
        assertThat(denied(spring, bearer(idToken), any).reason()).isEqualTo("TYPE_NOT_ACCEPTED");
        Map<String, Object> aboutRefreshToken = new HashMap<>(as.metadata());
        aboutRefreshToken.keySet().retainAll(List.of("client_id", "iat", "exp"));
        String refreshToken = as.issueOpaque(aboutRefreshToken);
        assertThat(denied(spring, bearer(refreshToken), any).reason()).isEqualTo("TYPE_NOT_ACCEPTED");
        // Optional in RFC 7662: no profile but the product's own can ask for it.
        granted(idToken, any);
        spring.close();
    }

    @Test
    @Tag("T20")
    @Tag("accepts")
    @Tag("refuses")
    void whatAnIdTokenIsComesBeforeWhatItLacks() {
        ResourceServer spring = server(Map.of("cardea.issuer-profile", "spring"));
        AccessTokens valid = as.accessToken("orders:read").notBefore(0).without("client_id");
        AccessTokens plain = valid.withoutHeader("typ");
        assertThat(decide(spring, bearer(plain.build()), READ)).isInstanceOf(Decision.Granted.class);
        String idToken = plain.without("nbf").claim("azp", "shop").build();
        assertThat(denied(spring, bearer(idToken), READ).reason()).isEqualTo("TYPE_NOT_ACCEPTED");
        spring.close();
    }

    @Test
    @Tag("T01")
    @Tag("T20")
    @Tag("accepts")
    @Tag("refuses")
    void theKeycloakProfileReadsItsTokensAndNoIdTokens() {
        ResourceServer keycloak = server(Map.of("cardea.issuer-profile", "keycloak"));
        AccessTokens valid = as.accessToken("orders:read")
                .header("typ", "JWT")
                .without("client_id")
                .claim("azp", "shop")
                .claim("typ", "Bearer")
                .claim("realm_access", Map.of("roles", List.of("clerk")));
        Decision decision = decide(keycloak, bearer(valid.build()), READ.and(AccessPolicy.anyRole("clerk")));
        assertThat(decision).isInstanceOf(Decision.Granted.class);
        assertThat(((Decision.Granted) decision).caller().clientId()).contains("shop");
        for (String kind : List.of("ID", "Refresh", "Logout", "bearer")) {
            assertThat(denied(keycloak, bearer(valid.claim("typ", kind).build()), READ)
                            .reason())
                    .isEqualTo("TYPE_NOT_ACCEPTED");
        }
        assertThat(denied(keycloak, bearer(valid.without("typ").build()), READ).reason())
                .isEqualTo("TYPE_NOT_ACCEPTED");
        keycloak.close();
    }

    private Map<String, String> settings(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "cardea.issuer",
                as.issuer(),
                "cardea.allow-http-issuer",
                "true",
                "cardea.audience",
                TestAuthorizationServer.AUDIENCE,
                "cardea.introspection.client-id",
                TestAuthorizationServer.CLIENT_ID,
                "cardea.introspection.client-secret",
                TestAuthorizationServer.CLIENT_SECRET,
                "cardea.introspection.timeout",
                "700ms",
                "cardea.introspection.connect-timeout",
                "500ms",
                "cardea.jwks.timeout",
                "1s"));
        settings.putAll(more);
        return settings;
    }

    private ResourceServer server(Map<String, String> more) {
        return ResourceServer.builder()
                .properties(settings(more))
                .nanoTime(() -> System.nanoTime() + ahead.get())
                .listener(events::add)
                .build();
    }

    private String opaqueWith(String member, @Nullable Object value) {
        Map<String, Object> metadata = new HashMap<>(as.metadata("orders:read"));
        if (value == null) {
            metadata.remove(member);
        } else {
            metadata.put(member, value);
        }
        return as.issueOpaque(metadata);
    }

    private static Decision decide(ResourceServer server, Request request, AccessPolicy policy) {
        Authentication authentication = server.authenticate(request, PathRule.none());
        Decision decision = server.authorize(authentication, policy);
        server.conclude(authentication);
        return decision;
    }

    private Caller granted(String token, AccessPolicy policy) {
        return grantedTo(bearer(token), policy);
    }

    private Caller grantedTo(Request request, AccessPolicy policy) {
        Decision decision = decide(server, request, policy);
        assertThat(decision).isInstanceOf(Decision.Granted.class);
        return ((Decision.Granted) decision).caller();
    }

    private static Decision.Denied denied(ResourceServer server, Request request, AccessPolicy policy) {
        Decision decision = decide(server, request, policy);
        assertThat(decision).isInstanceOf(Decision.Denied.class);
        return (Decision.Denied) decision;
    }

    private Answer unavailable(Request request) {
        Decision decision = decide(server, request, READ);
        assertThat(decision).isInstanceOf(Decision.Unavailable.class);
        return ((Decision.Unavailable) decision).answer();
    }

    private static String challenge(Answer answer) {
        assertThat(answer.headers().get("WWW-Authenticate"))
                .allSatisfy(challenge -> assertThat(challenge).matches("(Bearer|DPoP) .*"));
        return answer.headers().get("WWW-Authenticate").get(0);
    }

    private static Request bearer(String token) {
        return new Request("Bearer " + token);
    }

    private static final class Request implements ProtectedRequest {
        private final Map<String, List<String>> headers = new HashMap<>();
        private @Nullable String query;
        private @Nullable String correlationId;
        private @Nullable String peer = "198.51.100.7";
        private boolean secure = true;

        Request(String... authorization) {
            headers.put("authorization", List.of(authorization));
        }

        Request with(String name, String value) {
            headers.put(name.toLowerCase(Locale.ROOT), List.of(value));
            return this;
        }

        Request inTheClearFrom(@Nullable String address) {
            this.secure = false;
            this.peer = address;
            return this;
        }

        Request query(String rawQuery) {
            this.query = rawQuery;
            return this;
        }

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public List<String> headers(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        }

        @Override
        public @Nullable String query() {
            return query;
        }

        @Override
        public String path() {
            return "/test";
        }

        @Override
        public String matchedPath() {
            return "/test";
        }

        @Override
        public String route() {
            return "/test/*";
        }

        @Override
        public boolean isSecure() {
            return secure;
        }

        @Override
        public @Nullable String remoteAddress() {
            return peer;
        }

        @Override
        public String correlationId() {
            String known = correlationId;
            return known != null ? known : (correlationId = CorrelationId.of(this));
        }
    }
}
