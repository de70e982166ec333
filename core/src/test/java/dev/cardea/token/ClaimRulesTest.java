package dev.cardea.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.request.PresentedToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimRulesTest {
    private static final String ISSUER = "https://as.example";
    private static final String AUDIENCE = "https://orders.example";
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final ClaimMapping MAPPING =
            new ClaimMapping(List.of("sub"), List.of("client_id"), List.of("scope"), List.of("roles", "realm/roles"));

    @Test
    @Tag("T02")
    @Tag("T03")
    @Tag("T06")
    @Tag("T07")
    @Tag("I10")
    @Tag("I11")
    @Tag("I12")
    @Tag("accepts")
    void acceptsAValidToken() throws RejectedException {
        VerifiedToken token = accept(claims -> {});
        assertThat(token.issuer()).isEqualTo(ISSUER);
        assertThat(token.subject()).isEqualTo("alice");
        assertThat(token.clientId()).isEqualTo("shop");
        assertThat(token.scopes()).containsExactlyInAnyOrder("orders:read", "orders:list");
        assertThat(token.expiresAt()).isEqualTo(NOW.plusSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "exp", "aud", "sub", "client_id", "iat", "jti"})
    @Tag("T07")
    @Tag("accepts")
    @Tag("refuses")
    void refusesATokenWithoutARequiredMember(String name) throws RejectedException {
        refuses(Reason.CLAIM_MISSING, claims -> claims.remove(name));
        refuses(Reason.CLAIM_MISSING, claims -> claims.put(name, null));
        refuses(Reason.CLAIM_MISSING, claims -> claims.put(name, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {ISSUER + "/", "HTTPS://as.example", "https://AS.example", " " + ISSUER, "https://evil"})
    @Tag("T02")
    @Tag("I12")
    @Tag("accepts")
    @Tag("refuses")
    void comparesTheIssuerCodePointByCodePoint(String issuer) throws RejectedException {
        refuses(Reason.ISSUER_MISMATCH, claims -> claims.put("iss", issuer));
    }

    @Test
    @Tag("T03")
    @Tag("I11")
    @Tag("accepts")
    @Tag("refuses")
    @Tag("W11")
    @Tag("C01")
    void theAudienceMayBeOneOfSeveral() throws RejectedException {
        accept(claims -> claims.put("aud", List.of("https://other.example", AUDIENCE)));
        refuses(Reason.AUDIENCE_MISMATCH, claims -> claims.put("aud", "https://other.example"));
        refuses(Reason.AUDIENCE_MISMATCH, claims -> claims.put("aud", List.of("https://other.example")));
        refuses(Reason.AUDIENCE_MISMATCH, claims -> claims.put("aud", List.of()));
        refuses(Reason.AUDIENCE_MISMATCH, claims -> claims.put("aud", AUDIENCE + "/"));
        refuses(Reason.CLAIMS_MALFORMED, claims -> claims.put("aud", 7));
        refuses(Reason.CLAIMS_MALFORMED, claims -> claims.put("aud", Arrays.asList(AUDIENCE, 7)));
    }

    @Test
    @Tag("T06")
    @Tag("I10")
    @Tag("accepts")
    @Tag("refuses")
    void expiresWithTheClockSkewAndNotLater() throws RejectedException {
        accept(claims -> claims.put("exp", NOW.getEpochSecond() - 29));
        refuses(Reason.EXPIRED, claims -> claims.put("exp", NOW.getEpochSecond() - 30));
    }

    @Test
    @Tag("T13")
    @Tag("I10")
    @Tag("accepts")
    @Tag("refuses")
    void isNotValidBeforeItsTime() throws RejectedException {
        accept(claims -> claims.put("nbf", NOW.getEpochSecond() + 30));
        refuses(Reason.NOT_YET_VALID, claims -> claims.put("nbf", NOW.getEpochSecond() + 31));
        accept(claims -> claims.put("iat", NOW.getEpochSecond() + 10));
        refuses(Reason.ISSUED_IN_FUTURE, claims -> claims.put("iat", NOW.getEpochSecond() + 11));
    }

    @Test
    @Tag("T13")
    @Tag("accepts")
    @Tag("refuses")
    void datesAreNumbersWithinRange() throws RejectedException {
        accept(claims -> claims.put("exp", NOW.getEpochSecond() + 0.5));
        for (Object hostile : new Object[] {
            "1795255200", -1, Double.POSITIVE_INFINITY, Double.NaN, Long.MAX_VALUE, 1e300, true, List.of(1), Map.of()
        }) {
            refuses(Reason.CLAIMS_MALFORMED, claims -> claims.put("exp", hostile));
        }
    }

    @Test
    void aLifetimeMayBeLimited() throws RejectedException {
        ClaimRules rules = rules(Duration.ofMinutes(5));
        accept(rules, claims -> claims.put("exp", NOW.getEpochSecond() + 240));
        assertRefused(Reason.LIFETIME_TOO_LONG, rules, claims -> claims.put("exp", NOW.getEpochSecond() + 241));
    }

    @Test
    @Tag("B17")
    @Tag("I18")
    @Tag("accepts")
    @Tag("refuses")
    void scopesAreAStringOrAnArrayOfScopeTokens() throws RejectedException {
        assertThat(accept(claims -> claims.put("scope", "b a")).scopes()).containsExactlyInAnyOrder("a", "b");
        assertThat(accept(claims -> claims.put("scope", List.of("a", "b"))).scopes())
                .containsExactlyInAnyOrder("a", "b");
        assertThat(accept(claims -> claims.put("scope", "")).scopes()).isEmpty();
        refuses(Reason.CLAIMS_MALFORMED, claims -> claims.put("scope", List.of("a b")));
        refuses(Reason.CLAIMS_MALFORMED, claims -> claims.put("scope", "a\tb"));
        refuses(Reason.CLAIMS_MALFORMED, claims -> claims.put("scope", 1));
        refuses(Reason.CLAIMS_MALFORMED, claims -> claims.put("scope", List.of(1)));
    }

    @Test
    void rolesMayBeNested() throws RejectedException {
        VerifiedToken token = accept(claims -> {
            claims.put("roles", "clerk");
            claims.put("realm", Map.of("roles", List.of("auditor")));
        });
        assertThat(token.roles()).containsExactlyInAnyOrder("clerk", "auditor");
        refuses(Reason.CLAIMS_MALFORMED, claims -> claims.put("realm", Map.of("roles", 5)));
    }

    @Test
    void anyConfirmationMemberMakesATokenSenderConstrained() throws RejectedException {
        assertThat(accept(claims -> {}).confirmation().isNone()).isTrue();
        for (Object cnf : Arrays.asList(Map.of("jkt", "x"), Map.of(), "x", null)) {
            assertThat(accept(claims -> claims.put("cnf", cnf)).confirmation().isUnusable())
                    .isTrue();
        }
    }

    // What only introspection answers say

    @ParameterizedTest
    @CsvSource({
        "token_type, refresh_token",
        "token_type, Refresh_Token",
        "token_type, id_token",
        "token_type, refresh",
        "token_use, refresh_token",
        "token_use, id_token",
        "token_use, id",
        "token_use, Access",
        "token_use, ''",
        "token_usage, refresh_token",
        "token_usage, id_token",
        "token_usage, device_code"
    })
    @Tag("I13")
    @Tag("accepts")
    @Tag("refuses")
    void anAnswerAboutSomethingElseThanAnAccessTokenIsNone(String member, String value) throws RejectedException {
        for (String[] said : new String[][] {
            {"token_type", "Bearer"}, {"token_type", "bearer"}, {"token_type", "access_token"},
            {"token_use", "access_token"}, {"token_use", "access"}, {"token_usage", "access_token"}
        }) {
            assertThat(answered(claims -> claims.put(said[0], said[1]))
                            .confirmation()
                            .isNone())
                    .isTrue();
        }
        assertThat(answered(claims -> claims.put(member, null)).subject()).isEqualTo("alice");

        assertThatThrownBy(() -> answered(claims -> claims.put(member, value)))
                .asInstanceOf(InstanceOfAssertFactories.type(RejectedException.class))
                .satisfies(e -> assertThat(e.rejection().reason()).isEqualTo(Reason.TYPE_NOT_ACCEPTED))
                .satisfies(e -> assertThat(e.rejection().detail()).contains(member));
        for (Object other : List.of(1, true, List.of(value), Map.of())) {
            assertThatThrownBy(() -> answered(claims -> claims.put(member, other)))
                    .asInstanceOf(InstanceOfAssertFactories.type(RejectedException.class))
                    .satisfies(e -> assertThat(e.rejection().reason()).isEqualTo(Reason.CLAIMS_MALFORMED));
        }
    }

    /** RFC 9449 6.2: the endpoint says so even where it does not say to which key. */
    @ParameterizedTest
    @ValueSource(strings = {"DPoP", "dpop", "DPOP"})
    @Tag("I13")
    @Tag("D40")
    @Tag("accepts")
    @Tag("refuses")
    void aTokenOfTypeDpopIsBound(String type) throws RejectedException {
        assertThat(answered(claims -> claims.put("token_type", "Bearer"))
                        .confirmation()
                        .isNone())
                .isTrue();
        assertThat(answered(claims -> claims.put("token_type", type))
                        .confirmation()
                        .isUnusable())
                .isTrue();
    }

    private static VerifiedToken answered(Consumer<Map<String, Object>> change) throws RejectedException {
        Map<String, Object> answer = new HashMap<>(Map.of("aud", AUDIENCE, "sub", "alice", "scope", "orders:read"));
        change.accept(answer);
        ClaimRules rules = new ClaimRules(
                new ClaimRules.Expectations(ISSUER, Set.of(AUDIENCE), Set.of("aud"), Duration.ofSeconds(30), null),
                MAPPING,
                Clock.fixed(NOW, ZoneOffset.UTC));
        return rules.accept(
                PresentedToken.of("token"), AuthenticClaims.introspected(Claims.of(answer), NOW), Source.REMOTE);
    }

    private static void refuses(Reason reason, Consumer<Map<String, Object>> fault) throws RejectedException {
        accept(claims -> {});
        assertRefused(reason, rules(null), fault);
    }

    private static void assertRefused(Reason reason, ClaimRules rules, Consumer<Map<String, Object>> fault) {
        assertThatThrownBy(() -> accept(rules, fault))
                .asInstanceOf(InstanceOfAssertFactories.type(RejectedException.class))
                .satisfies(e -> assertThat(e.rejection().reason()).isEqualTo(reason));
    }

    private static VerifiedToken accept(Consumer<Map<String, Object>> fault) throws RejectedException {
        return accept(rules(null), fault);
    }

    private static VerifiedToken accept(ClaimRules rules, Consumer<Map<String, Object>> fault)
            throws RejectedException {
        Map<String, Object> claims = new HashMap<>(Map.of(
                "iss",
                ISSUER,
                "aud",
                AUDIENCE,
                "sub",
                "alice",
                "client_id",
                "shop",
                "jti",
                "1",
                "iat",
                NOW.getEpochSecond() - 60,
                "exp",
                NOW.getEpochSecond() + 60,
                "scope",
                "orders:read orders:list"));
        fault.accept(claims);
        return rules.accept(PresentedToken.of("token"), AuthenticClaims.signed(Claims.of(claims), NOW), Source.LOCAL);
    }

    private static ClaimRules rules(Duration maxLifetime) {
        return new ClaimRules(
                new ClaimRules.Expectations(
                        ISSUER,
                        Set.of(AUDIENCE, "urn:orders"),
                        Set.of("iss", "exp", "aud", "sub", "client_id", "iat", "jti"),
                        Duration.ofSeconds(30),
                        maxLifetime),
                MAPPING,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
