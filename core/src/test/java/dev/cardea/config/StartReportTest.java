package dev.cardea.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.testkit.TestKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartReportTest {
    @Test
    void aStrictConfigurationRelaxesNothing() {
        assertThat(StartReport.relaxations(Settings.valid().read())).isEmpty();
        assertThat(StartReport.relaxations(Settings.valid()
                        .with("cardea.issuer-profile", "keycloak")
                        .read()))
                .isEmpty();
        assertThat(StartReport.relaxations(
                        Settings.valid().with("cardea.issuer-profile", "spring").read()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "cardea.allow-http-issuer,true",
        "cardea.require-tls,false",
        "cardea.introspection.allow-missing-audience,true",
        "cardea.access.default,permit",
        "cardea.when-unavailable,local",
        "cardea.jwt.types,'at+jwt,JWT'",
        "cardea.jwt.types,absent",
        "cardea.jwt.required-claims,'iss,aud,exp,sub'"
    })
    void namesEachRelaxationByItsKey(String key, String value) {
        assertThat(StartReport.relaxations(Settings.valid().with(key, value).read()))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith(key));
    }

    @Test
    void saysForHowLongARevokedTokenWorksInAnOutage() {
        Settings settings = Settings.valid().with("cardea.stale-for", "5m").with("cardea.routes.x.path", "/x");
        assertThat(StartReport.relaxations(settings.read())).isEmpty();
        assertThat(StartReport.relaxations(settings.with("cardea.routes.x.when-unavailable", "stale")
                        .with("cardea.routes.x.stale-for", "1m")
                        .with("cardea.when-unavailable", "stale")
                        .read()))
                .containsExactly(
                        "cardea.when-unavailable=stale: while the introspection endpoint cannot be asked, a revoked token works"
                                + " for up to 5m longer",
                        "cardea.routes.x.when-unavailable=stale: while the introspection endpoint cannot be asked, a revoked"
                                + " token works for up to 1m longer");
    }

    @Test
    void saysWherePathsCheckLessThanTheRest() {
        Settings settings = Settings.valid()
                .with("cardea.token.validation", "introspect")
                .with("cardea.routes.x.path", "/x")
                .with("cardea.routes.x.validation", "local-and-introspect");
        assertThat(StartReport.relaxations(settings.read())).isEmpty();
        assertThat(StartReport.relaxations(
                        settings.with("cardea.routes.x.validation", "local").read()))
                .containsExactly(
                        "cardea.routes.x.validation=local: JWTs are not checked for revocation there, as they are"
                                + " elsewhere");
    }

    @ParameterizedTest
    @CsvSource({
        "local,'verified locally for audience',true",
        "local-and-introspect,'verified locally and introspected, opaque tokens by introspection at',false",
        "local-else-introspect,'verified locally, or introspected where signature or key fails, opaque tokens by',true"
    })
    void saysByWhatJwtsAreValidated(String validation, String words, boolean revocationUnchecked) {
        String summary = StartReport.summary(
                Settings.valid().with("cardea.token.validation", validation).read());
        assertThat(summary).contains(words);
        assertThat(summary.contains("revocation of JWTs (cardea.token.validation=" + validation + ")"))
                .isEqualTo(revocationUnchecked);
    }

    @Test
    void saysWhichEndpointIsAskedAboutWhichTokens() {
        String summary = StartReport.summary(Settings.valid()
                .with("cardea.issuers.p.issuer", "https://p.example.com")
                .with("cardea.issuers.p.token.opaque-prefix", "p_")
                .with("cardea.issuers.p.introspection.client-id", "x")
                .with("cardea.issuers.p.introspection.client-secret", "x")
                .with("cardea.issuers.p.token.validation", "local-and-introspect")
                .read());
        assertThat(summary)
                .contains(
                        "and JWTs of https://p.example.com (profile generic, typ at+jwt) verified locally and introspected,"
                                + " opaque tokens that start with p_ by introspection at the endpoint that discovery finds")
                .contains("Not checked: revocation of JWTs (cardea.token.validation=auto);");
    }

    @Test
    void saysWhichRequiredClaimsWereDropped() {
        assertThat(StartReport.relaxations(Settings.valid()
                        .with("cardea.jwt.required-claims", "iss,aud,exp,iat,sub,my_claim")
                        .read()))
                .containsExactly("cardea.jwt.required-claims leaves out client_id, jti, which access tokens of the"
                        + " profile generic have");
    }

    @Test
    void saysThatJwtsAreNotCheckedForRevocation() {
        assertThat(StartReport.summary(Settings.valid().read()))
                .isEqualTo("Cardea accepts JWTs of https://as.example.com/tenant (profile generic, typ at+jwt) verified"
                        + " locally, opaque tokens by introspection at https://as.example.com/introspect (answers"
                        + " reused for 30s) for audience [https://api.example.com]; endpoints without an annotation:"
                        + " any valid token; tokens bound to a key: with DPoP proof, to a certificate: with that"
                        + " certificate. Not checked: revocation of JWTs (cardea.token.validation=auto); lifetime of"
                        + " JWTs (cardea.jwt.max-lifetime); the host that DPoP proofs are for (cardea.external-url)");
    }

    @Test
    void saysWhatIntrospectionCannotMiss() {
        assertThat(StartReport.summary(Settings.valid()
                        .with("cardea.token.validation", "introspect")
                        .with("cardea.introspection.cache.ttl", "0s")
                        .with("cardea.access.default", "deny")
                        .read()))
                .contains("every token by introspection at https://as.example.com/introspect (asked every time)")
                .contains("endpoints without an annotation: closed")
                .doesNotContain("revocation");
    }

    @Test
    void saysWhichTokensAreNotAcceptedAtAll() {
        assertThat(StartReport.summary(Settings.local().read()))
                .contains("verified locally for audience [https://api.example.com], and no other token;");
        assertThat(StartReport.summary(
                        Settings.valid().with("cardea.issuer", null).read()))
                .contains("every token by introspection");
    }

    @Test
    void saysThatJwtsMayBeEncrypted(@TempDir Path directory) throws Exception {
        Path key = Files.writeString(
                directory.resolve("key"), TestKeys.rsaEncryption().privateJson());
        Settings settings = Settings.local().with("cardea.issuers.partner.issuer", "https://partner.example.com");
        assertThat(StartReport.summary(settings.read())).doesNotContain("encrypted");

        assertThat(StartReport.summary(settings.with("cardea.jwt.decryption-key", key.toString())
                        .read()))
                .contains(", and no other token; JWTs may be encrypted (cardea.jwt.decryption-key); endpoints");
    }

    /** RFC 9449 11.2: who has a key for a moment can make proofs in advance. */
    @Test
    @Tag("D36")
    @Tag("accepts")
    @Tag("refuses")
    void doubtsThatProofsAreMeantToBeGoodForAsLongAsTheTokenLives() {
        Settings settings = Settings.valid().with("cardea.dpop.mode", "required");
        assertThat(StartReport.doubts(settings.read()))
                .singleElement()
                .asString()
                .contains("cardea.dpop.nonce=rescue");
        assertThat(StartReport.doubts(Settings.valid().read())).isEmpty();
        assertThat(StartReport.doubts(
                        settings.with("cardea.dpop.nonce", "required").read()))
                .isEmpty();
        assertThat(StartReport.doubts(
                        settings.with("cardea.jwt.max-lifetime", "1h").read()))
                .isEmpty();
    }

    @Test
    void doubtsThatTwoIssuersDifferByASlashOnly() {
        Settings settings = Settings.local().with("cardea.issuers.partner.issuer", "https://as.example.com/tenant2");
        assertThat(StartReport.doubts(settings.read())).isEmpty();

        assertThat(StartReport.doubts(settings.with("cardea.issuers.partner.issuer", "https://as.example.com/tenant/")
                        .read()))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("cardea.issuer and cardea.issuers.partner.issuer are the same but for a slash"));
    }

    @ParameterizedTest
    @CsvSource({
        "auto, true",
        "local, true",
        "local-else-introspect, true",
        "introspect, false",
        "local-and-introspect, false"
    })
    void doubtsThatAnAgeIsMeantForWhatIsNotIntrospected(String validation, boolean doubted) {
        Settings settings =
                Settings.valid().with("cardea.routes.x.path", "/x").with("cardea.routes.x.validation", validation);
        assertThat(StartReport.doubts(settings.read())).isEmpty();

        List<String> doubts = StartReport.doubts(
                settings.with("cardea.routes.x.introspection-max-age", "5s").read());
        assertThat(doubts).hasSize(doubted ? 1 : 0);
        assertThat(doubts).allSatisfy(line -> assertThat(line)
                .startsWith("cardea.routes.x.introspection-max-age means nothing for JWTs of https://as."));
    }

    @Test
    void showsNoSecret() {
        Configuration configuration =
                Settings.valid().with("cardea.access.default", "permit").read();

        assertThat(List.of(StartReport.summary(configuration), StartReport.relaxations(configuration))
                        .toString())
                .doesNotContain(Settings.SECRET);
    }
}
