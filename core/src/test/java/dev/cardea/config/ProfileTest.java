package dev.cardea.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.profile.Profile;
import dev.cardea.token.Discriminator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a configuration makes of a profile; what the profiles say is in {@code dev.cardea.profile.TraitsTest}. */
class ProfileTest {
    @ParameterizedTest
    @EnumSource(Profile.class)
    @Tag("T20")
    void whateverAcceptsAnotherTypeHasADiscriminator(Profile profile) {
        assertThat(claims(profile, "cardea.jwt.types", "JWT").ofJwt())
                .isEqualTo(profile.traits().discriminator())
                .isNotEqualTo(Discriminator.NONE);
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void whereOnlyAtJwtIsAcceptedNothingElseHasToTellTokensApart(Profile profile) {
        ClaimSettings claims = claims(profile, "cardea.jwt.types", "at+jwt");

        assertThat(claims.ofJwt()).isEqualTo(Discriminator.NONE);
        assertThat(claims.requiredInJwt())
                .containsExactlyInAnyOrderElementsOf(profile.traits().required());
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void eachSettingIsWhatTheProfilePresets(Profile profile) {
        TrustedIssuer issuer = Settings.local()
                .with("cardea.issuer-profile", profile.word())
                .read()
                .issuer();

        assertThat(issuer.issuer().types())
                .containsExactlyInAnyOrderElementsOf(profile.traits().types());
        assertThat(issuer.issuer().untyped()).isEqualTo(profile.traits().untyped());
        assertThat(issuer.claims().scopes()).isEqualTo(profile.traits().scopes());
        assertThat(issuer.claims().roles()).isEqualTo(profile.traits().roles());
        assertThat(issuer.claims().groups()).isEqualTo(profile.traits().groups());
        assertThat(issuer.claims().clientId()).isEqualTo(profile.traits().clientId());
        assertThat(issuer.claims().audience()).isEqualTo(profile.traits().audience());
    }

    @Test
    @Tag("T20")
    void noSettingTakesTheDiscriminatorAway() {
        ClaimSettings claims = claims(Profile.SPRING, "cardea.jwt.required-claims", "iss,aud,exp");

        assertThat(claims.requiredInJwt()).containsExactlyInAnyOrder("iss", "aud", "exp");
        assertThat(claims.ofJwt().present()).containsExactly("nbf");
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
                            .ofAnswer())
                    .isEqualTo(Discriminator.ofValues(Map.of("token_type", Set.of("Bearer", "DPoP"))));
        }
    }

    @Test
    void aSettingReplacesWhatTheProfilePresets() {
        assertThat(claims(Profile.KEYCLOAK, "cardea.roles.claims", "groups").roles())
                .isEqualTo(List.of("groups"));
        assertThat(claims(Profile.ENTRA, "cardea.scope.claims", "scope").scopes())
                .isEqualTo(List.of("scope"));
    }

    /** ZITADEL writes there what the client's project grants, whoever's that is. */
    @ParameterizedTest
    @CsvSource({
        "cardea.roles.claims, urn:zitadel:iam:org:project:roles/*",
        "cardea.roles.claims, urn:zitadel:iam:org:project:roles",
        "cardea.roles.claims, urn:zitadel:iam:org:project:roles/admin/*",
        "cardea.groups.claims, urn:zitadel:iam:org:project:roles/*",
        "cardea.scope.claims, urn:zitadel:iam:org:project:roles/admin/1780"
    })
    @Tag("T10")
    @Tag("C01")
    @Tag("refuses")
    void aClaimThatSpeaksOfAnotherApiGrantsNothingHere(String key, String claim) {
        assertThat(Settings.local()
                        .with("cardea.issuer-profile", "zitadel")
                        .with(key, "a," + claim)
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.key()).isEqualTo(key))
                .satisfies(problem -> assertThat(problem.what()).contains(claim, "another API", "zitadel"))
                .satisfies(problem ->
                        assertThat(problem.instead()).contains("urn:zitadel:iam:org:project:<project id>:roles/*"));
        Settings.local()
                .with("cardea.issuer-profile", "zitadel")
                .with(key, claim.replace("project:roles", "project:2000:roles"))
                .read();
        claims(Profile.GENERIC, key, claim);
    }

    @Test
    void whatEveryOtherProfileWouldSayIsKnownAndWhatIsSetStaysAsItIs() {
        TrustedIssuer issuer = Settings.local()
                .with("cardea.issuer-profile", "okta")
                .with("cardea.jwt.required-claims", "iss,aud,exp")
                .read()
                .issuer();

        assertThat(issuer.otherwise())
                .extracting(other -> other.issuer().profile())
                .containsExactlyInAnyOrder(Arrays.stream(Profile.values())
                        .filter(profile -> profile != Profile.OKTA)
                        .toArray(Profile[]::new));
        assertThat(issuer.otherwise())
                .allSatisfy(other ->
                        assertThat(other.claims().requiredInJwt()).containsExactlyInAnyOrder("iss", "aud", "exp"));
    }

    private static ClaimSettings claims(Profile profile, String key, String value) {
        return Settings.local()
                .with("cardea.issuer-profile", profile.word())
                .with(key, value)
                .read()
                .issuer()
                .claims();
    }
}
