package dev.cardea.token;

import dev.cardea.confirmation.Bearers;
import dev.cardea.fuzz.Oracle;
import dev.cardea.json.BoundedJson;
import dev.cardea.json.JsonLimits;
import dev.cardea.json.MalformedJsonException;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.SettingNames;
import dev.cardea.request.PresentedToken;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/**
 * Whatever an issuer may have signed, or the introspection endpoint answered: the JSON is what another parser reads too,
 * and the claims are accepted or refused in one of the ways there are. A fuzz target; {@code docs/how-to/fuzzing.md} says
 * how it runs.
 */
public final class ClaimsFuzz {
    /** That of the tokens that the seeds are made from. */
    public static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static final int MAX_SIZE = 8192;
    private static final PresentedToken TOKEN = PresentedToken.of("a.b.c");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59Z");

    private static final List<ClaimRules> RULES = List.of(
            new ClaimRules(
                    new ClaimRules.Expectations(
                            "https://as.example",
                            Set.of("https://api.example"),
                            Set.of("iss", "exp", "aud", "sub", "client_id", "iat", "jti"),
                            Duration.ofSeconds(30),
                            null),
                    new ClaimMapping(List.of("sub"), List.of("client_id"), List.of("scope"), List.of("roles")),
                    CLOCK),
            new ClaimRules(
                    new ClaimRules.Expectations(
                            SettingNames.MAIN,
                            null,
                            Set.of("https://partner.example"),
                            Set.of("https://api.example"),
                            List.of("aud", "client_id"),
                            Set.of("exp"),
                            new Discriminator(
                                    List.of("jti"),
                                    List.of("client_id", "azp"),
                                    Map.of("typ", Set.of("Bearer")),
                                    List.of("nonce")),
                            Duration.ofDays(1),
                            Duration.ofDays(2)),
                    new ClaimMapping(
                            List.of("preferred_username", "a/b/c"),
                            List.of("client_id", "azp"),
                            List.of("scope", "scp"),
                            List.of("realm_access/roles", "https://example.com/roles"),
                            List.of("groups"),
                            SubjectRule.SESSION),
                    CLOCK));

    private ClaimsFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Map<String, Object> members;
        try {
            members = BoundedJson.readObject(input, JsonLimits.ofBytes(MAX_SIZE));
        } catch (MalformedJsonException e) {
            Oracle.require(e.detail().length() < 1_000, "a short reason");
            return;
        }
        requireTheSameAsOthersRead(members, new String(input, StandardCharsets.UTF_8));
        Claims claims = Claims.of(members);
        Oracle.require(claims.asMap().equals(members), "the same members");
        for (ClaimRules rules : RULES) {
            decide(rules, AuthenticClaims.signed(claims, NOW), Source.LOCAL);
            decide(rules, AuthenticClaims.introspected(claims, NOW), Source.LOCAL);
        }
    }

    private static void requireTheSameAsOthersRead(Map<String, Object> members, String text) {
        try {
            Oracle.require(JsonUtil.parseJson(text).equals(members), "what jose4j reads");
        } catch (JoseException e) {
            throw new AssertionError("read although jose4j does not", e);
        }
    }

    private static void decide(ClaimRules rules, AuthenticClaims claims, Source source) {
        boolean accepted = false;
        try {
            VerifiedToken token = rules.accept(TOKEN, claims, source);
            accepted = true;
            Oracle.require(
                    audience(claims).contains("https://api.example")
                            || !claims.claims().has("aud"),
                    "the audience is ours");
            Instant expiresAt = token.expiresAt();
            Oracle.require(expiresAt == null || !expiresAt.isAfter(END_OF_TIME), "a date within range");
            Oracle.require(
                    expiresAt == null || expiresAt.plus(Duration.ofDays(1)).isAfter(NOW),
                    "a token that has not expired");
            token.scopes().forEach(scope -> Oracle.require(scope.indexOf(' ') < 0, "scope tokens"));
            Bearers.confirm(token, TOKEN);
            Oracle.require(!claims.claims().asMap().containsKey("cnf"), "nothing that is bound");
        } catch (RejectedException e) {
            Oracle.require(e.rejection().detail().length() < 10_000, "a short reason");
        }
        Oracle.require(
                claims.method() == ValidationMethod.INTROSPECTION
                        || accepted == (rules.refusal(claims.claims()) == null),
                "the same when nobody vouches for it");
    }

    private static List<String> audience(AuthenticClaims claims) throws RejectedException {
        return claims.claims().strings("aud");
    }
}
