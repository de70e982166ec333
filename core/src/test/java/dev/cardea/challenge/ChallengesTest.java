package dev.cardea.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.reject.Reason;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChallengesTest {
    private final Challenges challenges = new Challenges("cardea");

    @Test
    @Tag("B09")
    @Tag("B10")
    @Tag("B13")
    void withoutCredentialsThereIsNoErrorCode() {
        assertThat(challenges.challenge(Reason.NO_CREDENTIALS, List.of())).isEqualTo("Bearer realm=\"cardea\"");
        assertThat(challenges.challenge(Reason.UNSUPPORTED_SCHEME, List.of())).isEqualTo("Bearer realm=\"cardea\"");
    }

    @Test
    @Tag("B16")
    void insufficientScopeNamesWhatIsRequired() {
        assertThat(challenges.challenge(Reason.SCOPE_MISSING, List.of("a", "b")))
                .startsWith("Bearer realm=\"cardea\", error=\"insufficient_scope\", error_description=\"")
                .endsWith("\", scope=\"a b\"");
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    @Tag("B11")
    @Tag("B12")
    @Tag("B15")
    void everyReasonMakesOneWellFormedChallenge(Reason reason) {
        String value = challenges.challenge(reason, List.of("orders:read"));
        assertThat(value).matches("Bearer realm=\"[^\"\\\\]*\"(, [a-z_]+=\"[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]*\")*");
        for (String parameter : List.of("realm=", "scope=", "error=", "error_description=")) {
            assertThat(value.split(parameter, -1)).as(parameter).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    @Tag("B18")
    void everyUnusableTokenGetsTheSameWords() {
        String expired = challenges.challenge(Reason.EXPIRED, List.of());
        for (Reason reason : Reason.values()) {
            if ("invalid_token".equals(reason.error())) {
                assertThat(challenges.challenge(reason, List.of())).isEqualTo(expired);
                assertThat(reason.status()).isEqualTo(401);
            }
        }
        assertThat(expired).isNotEqualTo(challenges.challenge(Reason.SCOPE_MISSING, List.of()));
    }

    @Test
    @Tag("B12")
    void whatCouldEndTheLineOrTheStringIsReplaced() {
        assertThat(new Challenges("a\"b\\c\r\nX: y\u00e9").challenge(Reason.NO_CREDENTIALS, List.of()))
                .isEqualTo("Bearer realm=\"a?b?c??X: y?\"");
    }
}
