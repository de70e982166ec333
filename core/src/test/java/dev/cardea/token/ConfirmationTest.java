package dev.cardea.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code cnf} and {@code token_type} say about to whom a token is bound. */
class ConfirmationTest {
    private static final byte[] ONE = filled(1);
    private static final byte[] OTHER = filled(2);

    private static byte[] filled(int value) {
        byte[] thumbprint = new byte[32];
        Arrays.fill(thumbprint, (byte) value);
        return thumbprint;
    }

    private static String text(byte[] thumbprint) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(thumbprint);
    }

    private static Confirmation of(Map<String, Object> claims) {
        return Confirmation.of(Claims.of(claims), ValidationMethod.LOCAL);
    }

    private static Confirmation bound(Object cnf) {
        return of(Map.of("cnf", cnf));
    }

    @Test
    @Tag("D15")
    @Tag("M02")
    void namesKeyCertificateOrBoth() {
        Confirmation key = bound(Map.of("jkt", text(ONE), "kc-jkt-type", "dpop"));
        Confirmation certificate = bound(Map.of("x5t#S256", text(OTHER)));
        Confirmation both = bound(Map.of("jkt", text(ONE), "x5t#S256", text(OTHER)));

        assertThat(of(Map.of()).isNone()).isTrue();
        assertThat(key.keyThumbprint()).isEqualTo(ONE);
        assertThat(List.of(key.isToKey(), key.isToCertificate(), key.isNone(), key.isUnusable()))
                .containsExactly(true, false, false, false);
        assertThat(certificate.certificateThumbprint()).isEqualTo(OTHER);
        assertThat(List.of(certificate.isToKey(), certificate.isToCertificate(), certificate.isNone()))
                .containsExactly(false, true, false);
        assertThat(List.of(both.isToKey(), both.isToCertificate(), both.isNone()))
                .containsExactly(true, true, false);
        assertThat(List.of(
                        of(Map.of()).toString(),
                        key.toString(),
                        certificate.toString(),
                        both.toString(),
                        Confirmation.UNUSABLE.toString()))
                .containsExactly(
                        "unbound",
                        "bound to a key",
                        "bound to a certificate",
                        "bound to a key and a certificate",
                        "bound in a way that cannot be checked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "not base64url", "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="})
    void isUnusableWithAThumbprintThatIsNone(String thumbprint) {
        assertThat(bound(Map.of("jkt", text(ONE))).isUnusable()).isFalse();
        assertThat(bound(Map.of("jkt", thumbprint)).isUnusable()).isTrue();
        assertThat(bound(Map.of("jkt", thumbprint, "x5t#S256", text(OTHER))).isUnusable())
                .isTrue();
        assertThat(bound(Map.of("jkt", text(ONE), "x5t#S256", thumbprint)).isUnusable())
                .isTrue();
    }

    @Test
    void isUnusableWithWhatNobodyCanMeet() {
        assertThat(bound(Map.of("jwk", Map.of())).isUnusable()).isTrue();
        assertThat(bound(Map.of()).isUnusable()).isTrue();
        assertThat(bound(text(ONE)).isUnusable()).isTrue();
        assertThat(bound(Map.of("jkt", List.of(text(ONE)))).isUnusable()).isTrue();
        assertThat(of(Collections.singletonMap("cnf", null)).isUnusable()).isTrue();
        assertThat(bound(Collections.singletonMap("jkt", null)).isUnusable()).isTrue();
    }

    @Test
    @Tag("D38")
    void theTypeInAnAnswerSaysTheSame() {
        Map<String, Object> cnf = Map.of("jkt", text(ONE));
        assertThat(introspected(Map.of("cnf", cnf, "token_type", "DPoP")).isToKey())
                .isTrue();
        assertThat(introspected(Map.of("cnf", cnf)).isToKey()).isTrue();
        assertThat(introspected(Map.of("cnf", cnf, "token_type", "Bearer")).isUnusable())
                .isTrue();
        assertThat(introspected(Map.of("token_type", "DPoP")).isUnusable()).isTrue();
        assertThat(introspected(Map.of("token_type", "Bearer")).isNone()).isTrue();
        assertThat(of(Map.of("token_type", "DPoP")).isNone())
                .as("a JWT has no such member that means anything")
                .isTrue();
        assertThat(introspected(Map.of("cnf", Map.of("x5t#S256", text(ONE)), "token_type", "Bearer"))
                        .isToCertificate())
                .isTrue();
    }

    private static Confirmation introspected(Map<String, Object> answer) {
        return Confirmation.of(Claims.of(answer), ValidationMethod.INTROSPECTION);
    }

    @Test
    @Tag("N16")
    void ofTwoWhoSpeakOfATokenBothCount() throws RejectedException {
        Map<String, Object> none = Map.of();
        Map<String, Object> key = Map.of("cnf", Map.of("jkt", text(ONE), "a", 1));
        Map<String, Object> certificate = Map.of("cnf", Map.of("x5t#S256", text(OTHER), "a", 2));

        assertThat(Confirmation.together(none, none)).isNull();
        assertThat(Confirmation.together(key, none)).isEqualTo(key.get("cnf"));
        assertThat(Confirmation.together(none, key)).isEqualTo(key.get("cnf"));
        assertThat(Confirmation.together(key, key)).isEqualTo(key.get("cnf"));
        assertThat(Confirmation.together(key, certificate))
                .isEqualTo(Map.of("jkt", text(ONE), "x5t#S256", text(OTHER), "a", 2));
    }

    @Test
    @Tag("N16")
    void ofTwoWhoContradictEachOtherNoneCounts() {
        for (String member : List.of("jkt", "x5t#S256")) {
            Map<String, Object> one = Map.of("cnf", Map.of(member, text(ONE)));
            requireRefused(one, Map.of("cnf", Map.of(member, text(OTHER))));
            requireRefused(one, Map.of("cnf", Collections.singletonMap(member, null)));
            requireRefused(one, Collections.singletonMap("cnf", null));
            requireRefused(Map.of("cnf", "x"), one);
            requireRefused(Map.of("cnf", "x"), Map.of());
        }
    }

    private static void requireRefused(Map<String, Object> jwt, Map<String, Object> answer) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> Confirmation.together(jwt, answer))
                .satisfies(e -> assertThat(e.rejection().reason()).isEqualTo(Reason.CONFIRMATION_UNKNOWN));
    }
}
