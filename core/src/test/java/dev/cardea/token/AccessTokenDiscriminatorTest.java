package dev.cardea.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.SettingNames;
import dev.cardea.request.PresentedToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where {@code typ} does not tell access tokens from ID tokens, claims have to. */
@Tag("T20")
class AccessTokenDiscriminatorTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final ClaimRules rules = new ClaimRules(
            new ClaimRules.Expectations(
                    SettingNames.MAIN,
                    "https://as.example",
                    Set.of(),
                    Set.of("https://api.example"),
                    List.of("aud"),
                    Set.of("iss", "aud", "exp"),
                    new Discriminator(
                            List.of("jti"),
                            List.of("client_id", "azp"),
                            Map.of("typ", Set.of("Bearer", "DPoP")),
                            List.of("nonce")),
                    Duration.ZERO,
                    null),
            new ClaimMapping(List.of("sub"), List.of("azp"), List.of("scope"), List.of("roles")),
            Clock.fixed(NOW, ZoneOffset.UTC));

    @Tag("accepts")
    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "DPoP"})
    void acceptsWhatSaysThatItIsAnAccessToken(String type) throws RejectedException {
        assertThat(accept("typ", type).issuer()).isEqualTo("https://as.example");
    }

    @Tag("accepts")
    @Tag("refuses")
    @ParameterizedTest
    @ValueSource(strings = {"ID", "Refresh", "Logout", "bearer", " Bearer", ""})
    void refusesWhatSaysThatItIsSomethingElse(String type) throws RejectedException {
        accept("typ", "Bearer");
        assertThat(refusal("typ", type)).isEqualTo(Reason.TYPE_NOT_ACCEPTED);
    }

    @Tag("accepts")
    @Tag("refuses")
    @Test
    void refusesWhatDoesNotSayWhatItIs() throws RejectedException {
        accept("typ", "Bearer");
        assertThat(refusal("typ", null)).isEqualTo(Reason.TYPE_NOT_ACCEPTED);
    }

    @Tag("accepts")
    @Tag("refuses")
    @Test
    void refusesAListOfTypesAsMalformed() throws RejectedException {
        accept("typ", "Bearer");
        assertThat(refusal("typ", List.of("Bearer"))).isEqualTo(Reason.CLAIMS_MALFORMED);
    }

    @Tag("accepts")
    @Tag("refuses")
    @Test
    void refusesTheMarkOfAnIdToken() throws RejectedException {
        accept("azp", "web");
        assertThat(refusal("nonce", "n-0S6")).isEqualTo(Reason.TYPE_NOT_ACCEPTED);
        assertThat(refusal("nonce", null)).isEqualTo(Reason.TYPE_NOT_ACCEPTED);
    }

    @Test
    void refusesWhatLacksAClaimThatEveryAccessTokenHas() throws RejectedException {
        accept("jti", "1");
        assertThat(refusal("jti", null)).isEqualTo(Reason.TYPE_NOT_ACCEPTED);
    }

    @Test
    void refusesWhatHasNoneOfTheClaimsOfWhichAccessTokensHaveOne() throws RejectedException {
        accept("azp", "shop");
        assertThat(refusal("azp", null)).isEqualTo(Reason.TYPE_NOT_ACCEPTED);
    }

    private Reason refusal(String name, @Nullable Object value) {
        return catchThrowableOfType(RejectedException.class, () -> accept(name, value))
                .rejection()
                .reason();
    }

    private VerifiedToken accept(String name, @Nullable Object value) throws RejectedException {
        Map<String, Object> members = new HashMap<>(Map.of(
                "iss", "https://as.example",
                "aud", "https://api.example",
                "exp", NOW.getEpochSecond() + 60,
                "typ", "Bearer",
                "jti", "1",
                "azp", "shop"));
        members.put(name, value);
        return rules.accept(PresentedToken.of("a.b.c"), AuthenticClaims.signed(Claims.of(members), NOW), Source.LOCAL);
    }
}
