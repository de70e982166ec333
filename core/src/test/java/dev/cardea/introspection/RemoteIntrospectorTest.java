package dev.cardea.introspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.Uncertainty;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.testkit.Answer;
import dev.cardea.testkit.AnswerFault;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.IntrospectionFault;
import dev.cardea.testkit.ReceivedRequest;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.TransportFault;
import dev.cardea.token.ClaimMapping;
import dev.cardea.token.ClaimRules;
import dev.cardea.token.Source;
import dev.cardea.token.ValidationMethod;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RemoteIntrospectorTest {
    private static final String ACTIVE = "{\"active\":true,\"sub\":\"alice\"}";

    private final Introspecting setup = new Introspecting();
    private final TestAuthorizationServer as = setup.as;
    private final Introspector introspector = setup.remote();

    @AfterEach
    void close() throws Exception {
        setup.close();
    }

    private PresentedToken known() {
        return PresentedToken.of(as.issueOpaque("orders:read"));
    }

    private ReceivedRequest lastRequest() {
        List<ReceivedRequest> requests = as.requests(Endpoint.INTROSPECTION);
        return requests.get(requests.size() - 1);
    }

    private void assertActive(PresentedToken token) throws UndeterminedException {
        assertThat(introspector.introspect(setup.about(token))).isInstanceOf(Introspection.Active.class);
    }

    private UndeterminedException undetermined(PresentedToken token) {
        return undetermined(introspector, token);
    }

    private UndeterminedException undetermined(Introspector asked, PresentedToken token) {
        return catchThrowableOfType(UndeterminedException.class, () -> asked.introspect(setup.about(token)));
    }

    // The question

    @ParameterizedTest
    @ValueSource(strings = {"a+b/c=", "a~b", "opaque-1", "a.b.c", "a==", "++//~~"})
    @Tag("I01")
    @Tag("I04")
    @Tag("accepts")
    void asksByFormPostAndTheTokenArrivesIntact(String token) throws Exception {
        as.introspectAs(token, ACTIVE);
        assertActive(PresentedToken.of(token));

        ReceivedRequest request = lastRequest();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.query()).isNull();
        assertThat(request.header("content-type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(request.header("accept")).isEqualTo("application/json");
        assertThat(request.form())
                .isEqualTo(Map.of("token", List.of(token), "token_type_hint", List.of("access_token")));
    }

    @Test
    @Tag("I02")
    @Tag("accepts")
    void leavesTheHintOutWhereItIsTurnedOff() throws Exception {
        PresentedToken token = known();
        assertActive(token);
        assertThat(lastRequest().field("token_type_hint")).isEqualTo("access_token");

        setup.remote(TestAuthorizationServer.CLIENT_ID, TestAuthorizationServer.CLIENT_SECRET, false)
                .introspect(setup.about(token));
        assertThat(lastRequest().form()).isEqualTo(Map.of("token", List.of(token.text())));
    }

    @ParameterizedTest
    @CsvSource({"http://x:8080/a,p:q%r", "me,sec ret+1", "ümlaut,pässword", "a&b=c,$,{x}\\"})
    @Tag("I03")
    @Tag("accepts")
    @Tag("refuses")
    void authenticatesWithAnyIdAndSecret(String id, String secret) throws Exception {
        as.allowClient(id, secret);
        PresentedToken token = known();

        assertThat(setup.remote(id, secret, true).introspect(setup.about(token)))
                .isInstanceOf(Introspection.Active.class);
        assertThat(undetermined(setup.remote(id, secret + "x", true), token).uncertainty())
                .isEqualTo(Uncertainty.INTROSPECTION_REFUSED);
    }

    @Test
    @Tag("I01")
    @Tag("I17")
    void tellsTheTokenToNobodyButTheEndpoint() throws Exception {
        PresentedToken token = known();
        assertActive(token);
        as.fail(Endpoint.INTROSPECTION, TransportFault.UNAUTHORIZED);
        UndeterminedException failure = undetermined(token);

        ReceivedRequest request = lastRequest();
        assertThat(request.path()).doesNotContain(token.text());
        assertThat(request.headers().toString()).doesNotContain(token.text());
        String basic = Base64.getEncoder()
                .encodeToString((TestAuthorizationServer.CLIENT_ID + ":" + TestAuthorizationServer.CLIENT_SECRET)
                        .getBytes(StandardCharsets.US_ASCII));
        assertThat(request.header("authorization")).isEqualTo("Basic " + basic);
        assertThat(setup.logged() + failure.detail())
                .isNotEmpty()
                .doesNotContain(token.text(), TestAuthorizationServer.CLIENT_SECRET, basic);
    }

    @Test
    @Tag("I17")
    @Tag("accepts")
    @Tag("refuses")
    void asksNobodyWhoseCertificateIsNotTrusted() throws Exception {
        try (Introspecting trusted = Introspecting.overTls(true);
                Introspecting untrusted = Introspecting.overTls(false)) {
            assertThat(trusted.remote()
                            .introspect(setup.about(PresentedToken.of(trusted.as.issueOpaque("orders:read")))))
                    .isInstanceOf(Introspection.Active.class);
            UndeterminedException failure =
                    undetermined(untrusted.remote(), PresentedToken.of(untrusted.as.issueOpaque("orders:read")));
            assertThat(failure.uncertainty()).isEqualTo(Uncertainty.INTROSPECTION_UNAVAILABLE);
            assertThat(failure.detail()).contains("cardea.http.trust-store");
            assertThat(untrusted.calls()).isZero();
        }
    }

    /** Some products answer so to a JWT that does not prove who we are: no hint about kinds of tokens then. */
    @Test
    @Tag("I07")
    @Tag("I08")
    void saysOfA400AboutTheClientThatTheCredentialsAreRefused() throws Exception {
        PresentedToken token = known();
        assertActive(token);
        as.fail(Endpoint.INTROSPECTION, right -> Answer.of(400, "application/json", "{\"error\":\"invalid_client\"}"));
        assertThat(undetermined(token).detail()).contains("refuses our credentials");
        as.fail(Endpoint.INTROSPECTION, right -> Answer.of(400, "application/json", "{\"error\":\"invalid_request\"}"));
        assertThat(undetermined(token).detail()).contains("cardea.token.validation");
    }

    // The answer

    @Test
    @Tag("I05")
    @Tag("I06")
    @Tag("accepts")
    @Tag("refuses")
    void tellsActiveFromInactive() throws Exception {
        PresentedToken token = known();
        Introspection.Active active = (Introspection.Active) introspector.introspect(setup.about(token));
        assertThat(active.source()).isEqualTo(Source.REMOTE);
        assertThat(active.claims().method()).isEqualTo(ValidationMethod.INTROSPECTION);
        assertThat(active.claims().establishedAt()).isEqualTo(setup.clock.instant());
        assertThat(active.claims().claims().strings("scope")).containsExactly("orders:read");

        as.revoke(token.text());
        assertThat(introspector.introspect(setup.about(token))).satisfies(Introspecting.inactive(Source.REMOTE));
        assertThat(setup.logged()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(IntrospectionFault.class)
    @Tag("I05")
    @Tag("I09")
    @Tag("accepts")
    @Tag("refuses")
    void takesNothingButABooleanForAnAnswer(IntrospectionFault fault) throws Exception {
        PresentedToken token = known();
        assertActive(token);
        as.fail(Endpoint.INTROSPECTION, fault);

        assertThat(undetermined(token).uncertainty()).isEqualTo(Uncertainty.INTROSPECTION_UNREADABLE);
        assertThat(setup.logged()).singleElement().asString().startsWith("WARNING ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"active\":true}]",
                "true",
                "\"active\"",
                "{\"active\":true}x",
                "{\"active\":true",
                "{}",
                "null",
                "{\"active\":FALSE}",
                "{\"a\":{\"active\":true}}"
            })
    @Tag("I05")
    @Tag("I09")
    @Tag("accepts")
    @Tag("refuses")
    void takesNothingButOneObject(String body) throws Exception {
        PresentedToken token = known();
        as.introspectAs(token.text(), ACTIVE);
        assertActive(token);
        as.introspectAs(token.text(), body);

        assertThat(undetermined(token).uncertainty()).isEqualTo(Uncertainty.INTROSPECTION_UNREADABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, true",
        "application/json; charset=utf-8, true",
        "Application/JSON;CHARSET=UTF-8, true",
        "application/json; profile=x, false",
        "application/jsonx, false",
        "text/json, false",
        "text/plain, false",
        "application/token-introspection+jwt, false"
    })
    @Tag("I04")
    @Tag("I09")
    @Tag("accepts")
    @Tag("refuses")
    void readsJsonOnlyWhereItIsLabelledSo(String contentType, boolean read) throws Exception {
        PresentedToken token = known();
        assertActive(token);
        as.fail(Endpoint.INTROSPECTION, right -> right.withHeader("Content-Type", contentType));

        assertThat(lastRequest().header("accept")).isEqualTo("application/json");
        if (read) {
            assertActive(token);
        } else {
            assertThat(undetermined(token).uncertainty()).isEqualTo(Uncertainty.INTROSPECTION_UNREADABLE);
        }
    }

    @ParameterizedTest
    @EnumSource(TransportFault.class)
    @Tag("I07")
    @Tag("I08")
    @Tag("I09")
    @Tag("I21")
    @Tag("accepts")
    @Tag("refuses")
    void isUndeterminedByEveryFaultOfTheEndpoint(TransportFault fault) throws Exception {
        PresentedToken token = known();
        assertActive(token);
        as.fail(Endpoint.INTROSPECTION, fault);

        Introspector asked = fault == TransportFault.HANGING ? setup.hurried() : introspector;
        assertThat(undetermined(asked, token).uncertainty()).isEqualTo(expected(fault));
        assertThat(as.wasLuredAway()).isFalse();
        assertThat(setup.logged())
                .singleElement()
                .asString()
                .startsWith(expected(fault) == Uncertainty.INTROSPECTION_REFUSED ? "ERROR " : "WARNING ");

        as.heal();
        assertThat(asked.introspect(setup.about(token))).isInstanceOf(Introspection.Active.class);
        assertThat(setup.logged())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("INFO ")
                .endsWith("works again");
    }

    private static Uncertainty expected(TransportFault fault) {
        return switch (fault) {
            case BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, NOT_FOUND -> Uncertainty.INTROSPECTION_REFUSED;
            case TOO_MANY_REQUESTS,
                    SERVER_ERROR,
                    SERVER_ERROR_WITH_THE_RIGHT_BODY,
                    UNAVAILABLE,
                    REDIRECT,
                    REDIRECT_KEEPING_THE_METHOD,
                    CUT_OFF,
                    CLOSED,
                    RESET,
                    HANGING,
                    NOT_HTTP -> Uncertainty.INTROSPECTION_UNAVAILABLE;
            case HTML, HTML_CALLED_JSON, WRONG_CONTENT_TYPE, EMPTY, NO_CONTENT, TRUNCATED_JSON, HUGE, DEEP_JSON ->
                Uncertainty.INTROSPECTION_UNREADABLE;
        };
    }

    @Test
    @Tag("I09")
    @Tag("N11")
    void givesUpOnAnAnswerThatDrips() throws Exception {
        PresentedToken token = known();
        assertActive(token);
        as.fail(Endpoint.INTROSPECTION, AnswerFault.dripping(Duration.ofMillis(50)));

        assertThat(undetermined(setup.hurried(), token).uncertainty()).isEqualTo(Uncertainty.INTROSPECTION_UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "400, cardea.token.validation",
        "401, cardea.introspection.client-secret",
        "403, cardea.introspection.client-id",
        "404, cardea.introspection.url",
        "405, cardea.introspection.url",
        "418, cardea.introspection.url",
        "302, cardea.introspection.url"
    })
    @Tag("I07")
    @Tag("I08")
    void namesThePropertyToChangeOnceAMinute(int status, String property) throws Exception {
        PresentedToken token = known();
        assertActive(token);
        as.fail(Endpoint.INTROSPECTION, AnswerFault.status(status));

        for (int i = 0; i < 5; i++) {
            assertThat(undetermined(token).detail()).contains(property).contains(String.valueOf(status));
        }
        assertThat(setup.logged()).singleElement().asString().contains(property);

        setup.pass(Duration.ofSeconds(60));
        undetermined(token);
        assertThat(setup.logged()).hasSize(2).last().asString().contains("and 4 more");
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7",
        "0, 1",
        "301, 300",
        "99999999999999999999, 300",
        "-5, 5",
        "soon, 5",
        "'Sun, 01 Mar 2026 12:00:42 GMT', 42",
        "'Sun, 01 Mar 2026 11:00:00 GMT', 1",
        ", 5"
    })
    void passesOnWhenTheEndpointWantsToBeAskedAgain(@Nullable String field, long seconds) throws Exception {
        PresentedToken token = known();
        assertActive(token);
        for (int status : new int[] {429, 503}) {
            as.fail(Endpoint.INTROSPECTION, right -> {
                Answer answer = right.withStatus(status);
                return field == null ? answer : answer.withHeader("Retry-After", field);
            });
            assertThat(undetermined(token).retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
        }
    }

    // What the claims of an active answer are worth

    @ParameterizedTest
    @CsvSource({"exp, 60, -60, EXPIRED", "nbf, -60, 60, NOT_YET_VALID", "iat, -60, 60, ISSUED_IN_FUTURE"})
    @Tag("I10")
    @Tag("accepts")
    @Tag("refuses")
    void anActiveAnswerOutsideItsTimesIsRefused(String claim, long right, long wrong, Reason reason) throws Exception {
        Map<String, @Nullable Object> metadata = as.metadata("orders:read");
        metadata.remove(claim); // or the server itself would see to it
        long now = setup.clock.instant().getEpochSecond();
        sayingToo("\"" + claim + "\":" + (now + right));
        assertThat(judge(metadata)).isNull();

        sayingToo("\"" + claim + "\":" + (now + wrong));
        assertThat(judge(metadata)).isEqualTo(reason);
    }

    private void sayingToo(String member) {
        as.fail(
                Endpoint.INTROSPECTION,
                right -> right.withBody(new String(right.body(), StandardCharsets.UTF_8)
                        .replace("\"active\":true", "\"active\":true," + member)));
    }

    @Test
    @Tag("I11")
    @Tag("accepts")
    @Tag("refuses")
    void anActiveAnswerForSomebodyElseIsRefused() throws Exception {
        Map<String, @Nullable Object> metadata = as.metadata("orders:read");
        metadata.put("aud", TestAuthorizationServer.AUDIENCE);
        assertThat(judge(metadata)).isNull();
        metadata.put("aud", List.of("https://other.example", TestAuthorizationServer.AUDIENCE));
        assertThat(judge(metadata)).isNull();

        metadata.put("aud", "https://other.example");
        assertThat(judge(metadata)).isEqualTo(Reason.AUDIENCE_MISMATCH);
        metadata.put("aud", List.of("https://other.example"));
        assertThat(judge(metadata)).isEqualTo(Reason.AUDIENCE_MISMATCH);
        metadata.remove("aud");
        assertThat(judge(metadata)).isEqualTo(Reason.CLAIM_MISSING);
    }

    @Test
    @Tag("I12")
    @Tag("accepts")
    @Tag("refuses")
    void anActiveAnswerOfAnotherIssuerIsRefused() throws Exception {
        Map<String, @Nullable Object> metadata = as.metadata("orders:read");
        assertThat(judge(metadata)).isNull();

        metadata.put("iss", as.issuer() + "/");
        assertThat(judge(metadata)).isEqualTo(Reason.ISSUER_MISMATCH);
    }

    /** Null where the token is accepted. */
    private @Nullable Reason judge(Map<String, ? extends @Nullable Object> metadata) throws UndeterminedException {
        PresentedToken token = PresentedToken.of(as.issueOpaque(metadata));
        Introspection.Active active = (Introspection.Active) introspector.introspect(setup.about(token));
        ClaimRules rules = new ClaimRules(
                new ClaimRules.Expectations(
                        as.issuer(),
                        Set.of(TestAuthorizationServer.AUDIENCE),
                        Set.of("aud"),
                        Duration.ofSeconds(30),
                        null),
                new ClaimMapping(List.of("sub"), List.of("client_id"), List.of("scope"), List.of("roles")),
                setup.clock);
        try {
            assertThat(rules.accept(token, active.claims(), active.source()).issuer())
                    .isEqualTo(as.issuer());
            return null;
        } catch (RejectedException e) {
            return e.rejection().reason();
        }
    }
}
