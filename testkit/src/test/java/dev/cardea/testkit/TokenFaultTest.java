package dev.cardea.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.MATCH_ALL;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokenFaultTest {

    private final AccessTokens valid = Oracle.valid();

    @ParameterizedTest
    @EnumSource
    void differsFromTheValidToken(TokenFault fault) throws Exception {
        assertThat(valid.build(fault)).isNotEqualTo(valid.build());
        assertThat(fault.requirements()).isNotEmpty();
        assertThat(Oracle.verify(valid.build(), TestKeys.rsa().keyPair().getPublic()))
                .isNotNull();
    }

    @ParameterizedTest
    @EnumSource(
            mode = MATCH_ALL,
            names = "^(EXP|NBF|NOT_YET|WRONG|ISSUER|AUDIENCE|MISSING|NO_AUD|SUB|CLIENT|JTI|SCOPE|CNF).*")
    void aClaimFaultChangesOneClaimAndIsSigned(TokenFault fault) throws Exception {
        String faulty = valid.build(fault);

        assertThat(Oracle.signatureHolds(faulty)).isTrue();
        assertThat(Oracle.changedMembers(0, valid.build(), faulty)).isEmpty();
        if (fault != TokenFault.EXP_NAN && fault != TokenFault.EXP_DIGIT_FLOOD) {
            assertThat(Oracle.changedMembers(1, valid.build(), faulty)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = MATCH_ALL,
            names = "^(TYP|KID|UNKNOWN_KID|CRIT|ZIP|DEEP_HEADER|ALG_(MISSING|LOWER|UNKNOWN|NUMBER)).*")
    void aHeaderFaultChangesOneHeaderAndIsSigned(TokenFault fault) throws Exception {
        String faulty = valid.build(fault);
        Set<String> changed = Oracle.changedMembers(0, valid.build(), faulty);

        assertThat(Oracle.signatureHolds(faulty)).isTrue();
        assertThat(Oracle.changedMembers(1, valid.build(), faulty)).isEmpty();
        assertThat(changed).hasSize(fault == TokenFault.CRIT_UNKNOWN ? 2 : 1);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "TAMPERED_SIGNATURE",
                "TRUNCATED_SIGNATURE",
                "LENGTHENED_SIGNATURE",
                "ZERO_SIGNATURE",
                "EMPTY_SIGNATURE"
            })
    void aSignatureFaultKeepsWhatIsSigned(TokenFault fault) {
        assertThat(Breaks.unsigned(valid.build(fault))).isEqualTo(Breaks.unsigned(valid.build()));
    }

    @ParameterizedTest
    @EnumSource(mode = MATCH_ALL, names = "^(TILDE|EQUALS|TWO_EQUALS|STANDARD|EXCLAMATION|NEWLINE|NON_CANONICAL).*")
    void aSpellingFaultIsTheSameTokenForALenientDecoder(TokenFault fault) throws Exception {
        String[] faulty = valid.build(fault).split("\\.", -1);

        String lenient = String.join(
                ".", Arrays.stream(faulty).map(TokenFaultTest::canonical).toList());
        String claims = new String(Base64Url.decode(lenient.split("\\.", -1)[1]), StandardCharsets.UTF_8);

        assertThat(faulty).hasSize(3);
        assertThat(lenient).isNotEqualTo(valid.build(fault));
        assertThat(claims).contains("\"sub\":\"alice\"");
        assertThat(signatureOverSpelledText(valid.build(fault))).isTrue();
    }

    /** What commons-codec and with it jose4j makes of a segment. */
    private static String canonical(String segment) {
        String plain = segment.replace('+', '-').replace('/', '_').replaceAll("[^A-Za-z0-9_-]", "");
        int unusedBits = plain.length() % 4 == 2 ? 4 : plain.length() % 4 == 3 ? 2 : 0;
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(plain.charAt(plain.length() - 1)) >> unusedBits << unusedBits;
        return plain.substring(0, plain.length() - 1) + alphabet.charAt(last);
    }

    private static boolean signatureOverSpelledText(String token) throws Exception {
        int dot = token.lastIndexOf('.');
        return Oracle.signatureHolds(token.substring(0, dot + 1) + canonical(token.substring(dot + 1)));
    }

    @ParameterizedTest
    @EnumSource(names = {"FOREIGN_KEY", "EMBEDDED_JWK", "JKU", "X5U", "X5C"})
    void aForeignTokenVerifiesWithTheForeignKeyOnly(TokenFault fault) throws Exception {
        String faulty = valid.build(fault);

        assertThat(Oracle.signatureHolds(faulty)).isFalse();
        assertThat(Oracle.verify(faulty, TestKeys.foreign().keyPair().getPublic())
                        .getSubject())
                .isEqualTo("alice");
        assertThat(Oracle.changedMembers(0, valid.build(), faulty)).hasSize(fault == TokenFault.FOREIGN_KEY ? 0 : 1);
    }

    @Test
    void invalidUtf8StandsInThePayloadAsRawBytes() {
        byte[] payload = Base64.getUrlDecoder()
                .decode(valid.build(TokenFault.INVALID_UTF8).split("\\.", -1)[1]);

        assertThat(payload).contains(0xFF);
    }

    @Test
    void onlyWhatLeavesTheGrammarIsExpectedToBeMalformed() {
        for (TokenFault fault : TokenFault.values()) {
            boolean token68 = valid.build(fault).matches("[A-Za-z0-9._~+/-]+=*");
            assertThat(fault.status()).as(fault.name()).isEqualTo(token68 ? 401 : 400);
        }
    }
}
