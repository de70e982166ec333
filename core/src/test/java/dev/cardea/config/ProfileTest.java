package dev.cardea.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProfileTest {
    @ParameterizedTest
    @EnumSource(Profile.class)
    @Tag("T20")
    void whateverAcceptsAnotherTypeHasADiscriminator(Profile profile) {
        ClaimSettings claims = Settings.local()
                .with("cardea.issuer-profile", profile.word())
                .with("cardea.jwt.types", "JWT")
                .read()
                .issuer()
                .claims();

        assertThat(claims.requiredValuesInJwt().size() + claims.refusedInJwt().size())
                .isPositive();
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void whereOnlyAtJwtIsAcceptedNothingElseHasToTellTokensApart(Profile profile) {
        ClaimSettings claims = Settings.local()
                .with("cardea.issuer-profile", profile.word())
                .with("cardea.jwt.types", "at+jwt")
                .read()
                .issuer()
                .claims();

        assertThat(claims.requiredValuesInJwt()).isEmpty();
        assertThat(claims.refusedInJwt()).isEmpty();
        assertThat(claims.requiredInJwt()).isEqualTo(profile.requiredClaims());
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void requiresIssuerAudienceAndExpiry(Profile profile) {
        assertThat(profile.requiredClaims()).contains("iss", "aud", "exp");
    }

    @Test
    void springTokensHaveNoTypeAndNoClientIdButNotBefore() {
        Configuration spring =
                Settings.local().with("cardea.issuer-profile", "spring").read();

        assertThat(spring.issuer().issuer().types()).containsExactlyInAnyOrder("at+jwt", "jwt");
        assertThat(spring.issuer().issuer().untyped()).isTrue();
        assertThat(spring.issuer().claims().requiredInJwt())
                .containsExactlyInAnyOrder("iss", "sub", "aud", "exp", "iat", "jti", "nbf");
        assertThat(spring.issuer().claims().refusedInJwt()).contains("azp", "nonce");
    }

    @Test
    void noSettingTakesTheDiscriminatorAway() {
        assertThat(Settings.local()
                        .with("cardea.issuer-profile", "spring")
                        .with("cardea.jwt.required-claims", "iss,aud,exp")
                        .read()
                        .issuer()
                        .claims()
                        .requiredInJwt())
                .containsExactlyInAnyOrder("iss", "aud", "exp", "nbf");
    }

    @Test
    @Tag("T20")
    void springSaysTokenTypeOfAccessTokensAloneWhateverIsIntrospectedAndWithoutAnIssuerToo() {
        for (Settings settings : List.of(
                Settings.local().with("cardea.jwt.types", "at+jwt"),
                Settings.valid().with("cardea.issuer", null))) {
            assertThat(settings.with("cardea.issuer-profile", "spring")
                            .read()
                            .claims()
                            .requiredValuesInAnswer())
                    .isEqualTo(Map.of("token_type", Set.of("Bearer", "DPoP")));
        }
    }

    @Test
    void keycloakTokensSayInTheirPayloadWhatTheyAre() {
        Configuration keycloak =
                Settings.local().with("cardea.issuer-profile", "keycloak").read();

        assertThat(keycloak.issuer().issuer().types()).containsExactlyInAnyOrder("at+jwt", "jwt");
        assertThat(keycloak.issuer().issuer().untyped()).isFalse();
        assertThat(keycloak.issuer().claims().requiredValuesInJwt()).isEqualTo(Map.of("typ", Set.of("Bearer", "DPoP")));
        assertThat(keycloak.issuer().claims().clientId()).containsExactly("client_id", "azp");
        assertThat(keycloak.issuer().claims().roles()).containsExactly("realm_access/roles");
    }

    @Test
    void aSettingReplacesWhatTheProfilePresets() {
        assertThat(Settings.local()
                        .with("cardea.issuer-profile", "keycloak")
                        .with("cardea.roles.claims", "groups")
                        .read()
                        .issuer()
                        .claims()
                        .roles())
                .isEqualTo(List.of("groups"));
    }
}
