package dev.cardea.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.testkit.AccessTokens;
import dev.cardea.testkit.TokenFault;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompactJwtTest {
    private static final AccessTokens VALID =
            AccessTokens.of("https://as.example", "https://api.example", Clock.systemUTC());

    @Test
    void takesAValidTokenApart() throws RejectedException {
        CompactJwt jwt = parse(VALID.build());

        assertThat(jwt.algorithm()).isEqualTo("RS256");
        assertThat(jwt.keyId()).isEqualTo("rsa-1");
        assertThat(jwt.type()).isEqualTo("at+jwt");
        assertThat(jwt.unverifiedIssuer()).isEqualTo("https://as.example");
        assertThat(jwt.unverifiedClaims().asMap()).containsEntry("sub", "alice");
        assertThat(new String(jwt.signingInput(), StandardCharsets.US_ASCII) + "." + encode(jwt.signature()))
                .isEqualTo(VALID.build());
    }

    @Tag("N14")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU",
                "2YotnFZFEjr1zCsicMWpAA",
                "a.b.c",
                "...",
                "eyJ1c2VyIjoiYWxnIn0.ZabcQ.c2lnbmF0dXJl",
                "eyJ",
                "~",
            })
    void seesThatATokenIsOpaque(String token) {
        assertThat(CompactJwt.isJwt(PresentedToken.of(token))).isFalse();
    }

    @Tag("W17")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"RS256\"}",
                " {\"alg\":\"RS256\"}",
                "\ufeff{\"alg\":\"RS256\"}",
                "{\"typ\":\"at+jwt\" , \"alg\" : \"none\"}",
                "{\"\\u0061l\\u0067\":\"RS256\"}",
                "{\"\\u0061\\u006C\\u0067\":\"RS256\"}",
                "{\"alg\":1,}",
                "{\"alg\":",
                "{'typ':1,\"alg\":\"RS256\"",
            })
    void knowsAJwtByItsHeaderInWhateverSpelling(String header) {
        String segment = encode(header.getBytes(StandardCharsets.UTF_8));
        for (String token : List.of(
                segment,
                segment + ".",
                segment + ".e30.AA",
                segment + ".e30",
                segment + ".a.b.c.d",
                segment.replace('-', '+').replace('_', '/') + ".e30.AA",
                segment.substring(0, 3) + "~~" + segment.substring(3) + ".e30.AA",
                segment + "==")) {
            assertThat(CompactJwt.isJwt(PresentedToken.of(token))).as(token).isTrue();
        }
    }

    @Tag("W17")
    @Tag("accepts")
    @Tag("refuses")
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.MATCH_ANY,
            names = {"(TILDE|STANDARD_BASE64|NON_CANONICAL)_.*", ".*EQUALS_IN_SIGNATURE"})
    @Tag("N12")
    void acceptsOneSpellingOnlyAndStillKnowsAJwt(TokenFault fault) throws RejectedException {
        assertThat(parse(VALID.build())).isNotNull();
        PresentedToken respelled = PresentedToken.of(VALID.build(fault));

        assertThat(CompactJwt.isJwt(respelled)).isTrue();
        assertThat(reason(respelled.text())).isEqualTo(Reason.TOKEN_MALFORMED);
    }

    @Tag("W17")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void acceptsNoneOfTheSpellingsThatEveryOtherLastCharacterMakes() throws RejectedException {
        String valid = VALID.build();
        assertThat(parse(valid)).isNotNull();

        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        byte[] signature = parse(valid).signature();
        int sameBytes = 0;
        for (char c : alphabet.toCharArray()) {
            String other = valid.substring(0, valid.length() - 1) + c;
            String segment = other.substring(other.lastIndexOf('.') + 1);
            if (!other.equals(valid) && Arrays.equals(Base64.getUrlDecoder().decode(segment), signature)) {
                sameBytes++;
                assertThat(reason(other)).isEqualTo(Reason.TOKEN_MALFORMED);
            }
        }
        assertThat(sameBytes).isPositive();
    }

    @Tag("W06")
    @Tag("accepts")
    @Tag("refuses")
    @ParameterizedTest
    @CsvSource({"2,TOKEN_MALFORMED", "4,TOKEN_MALFORMED", "5,TOKEN_ENCRYPTED", "6,TOKEN_MALFORMED"})
    void acceptsThreeSegmentsOnly(int segments, Reason expected) throws RejectedException {
        String valid = VALID.build();
        assertThat(parse(valid)).isNotNull();

        String token = valid.substring(0, valid.indexOf('.')) + ".AAAA".repeat(segments - 1);
        assertThat(reason(token)).isEqualTo(expected);
    }

    @Tag("W19")
    @Tag("refuses")
    @Test
    void takesNoNoticeOfTheNumberOfDots() {
        assertThat(reason(".".repeat(100_000))).isEqualTo(Reason.TOKEN_MALFORMED);
        assertThat(reason("a".repeat(5) + ".".repeat(8_000))).isEqualTo(Reason.TOKEN_MALFORMED);
    }

    @Tag("W20")
    @Tag("accepts")
    @Tag("refuses")
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.MATCH_ANY,
            names = {"CRIT_.*", "B64_.*", "ZIP"})
    void understandsNoExtension(TokenFault fault) throws RejectedException {
        assertThat(parse(VALID.build())).isNotNull();
        assertThat(reason(VALID.build(fault))).isEqualTo(Reason.HEADER_NOT_ACCEPTED);
    }

    @Tag("W12")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void boundsTheKeyId() throws RejectedException {
        assertThat(parse(VALID.header("kid", "k".repeat(256)).build()).keyId()).hasSize(256);
        assertThat(reason(VALID.header("kid", "k".repeat(257)).build())).isEqualTo(Reason.HEADER_NOT_ACCEPTED);
        assertThat(reason(VALID.build(TokenFault.KID_NUMBER))).isEqualTo(Reason.HEADER_NOT_ACCEPTED);
        assertThat(parse(VALID.withoutHeader("kid").build()).keyId()).isNull();
    }

    @Tag("W14")
    @ParameterizedTest
    @CsvSource({
        "at+jwt,at+jwt",
        "AT+JWT,at+jwt",
        "application/at+jwt,at+jwt",
        "Application/AT+JWT,at+jwt",
        "application/application/at+jwt,application/application/at+jwt",
        "application/at+jwt/x,application/at+jwt/x",
        "text/at+jwt,text/at+jwt",
        "application/,''",
        "APPLICATION/X,x",
        "AT+JWT\u0080,AT+JWT\u0080",
        "x+\u212a,x+\u212a",
    })
    void treatsATypeWithoutSlashAsOneOfTheApplicationTree(String type, String expected) throws RejectedException {
        assertThat(parse(VALID.header("typ", type).build()).type()).isEqualTo(expected);
    }

    @Tag("T05")
    @Tag("accepts")
    @Test
    void doesNotReadWhereTheHeaderSaysThatKeysAre() throws RejectedException {
        CompactJwt jwt = parse(VALID.header("jku", "https://evil.example")
                .header("jwk", 1)
                .header("x5c", "x")
                .build());

        assertThat(jwt.keyId()).isEqualTo("rsa-1");
    }

    @Test
    void saysNothingOfTheTokenInRefusals() {
        String secret = "s3cret";
        for (String token : List.of(
                secret,
                "e30." + secret + ".AA",
                "e30.e30." + secret,
                encode("{\"alg\":s3cret}".getBytes()) + ".e30.AA")) {
            RejectedException e = catchThrowableOfType(RejectedException.class, () -> parse(token));
            assertThat(e.rejection().detail()).doesNotContain(secret);
        }
    }

    @Test
    void showsNothingButItsSize() throws RejectedException {
        String token = VALID.build();
        CompactJwt jwt = parse(token);
        int signed = token.lastIndexOf('.');

        assertThat(jwt).hasToString("JWT of " + (signed + jwt.signature().length) + " bytes");
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static CompactJwt parse(String token) throws RejectedException {
        return CompactJwt.parse(PresentedToken.of(token));
    }

    private static Reason reason(String token) {
        return catchThrowableOfType(RejectedException.class, () -> parse(token))
                .rejection()
                .reason();
    }
}
