package dev.cardea.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsExtractorTest {
    private static final String TOKEN = "mF_9.B5f-4.1JqM";

    private final CredentialsExtractor extractor = new CredentialsExtractor(100, null);

    @Test
    @Tag("B01")
    void findsTheTokenOfABearerField() throws RejectedException {
        assertThat(tokenOf("Bearer " + TOKEN)).isEqualTo(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer", "BEARER", "bEaReR"})
    @Tag("B02")
    void ignoresTheCaseOfTheScheme(String scheme) throws RejectedException {
        assertThat(tokenOf(scheme + " " + TOKEN)).isEqualTo(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mF_9.B5f-4.1JqM", "a", "a==", "~+/-._", "a.b.c"})
    @Tag("B03")
    void takesEveryToken68(String token) throws RejectedException {
        assertThat(tokenOf("Bearer " + token)).isEqualTo(token);
        assertThat(tokenOf("Bearer    " + token)).isEqualTo(token);
    }

    @Test
    @Tag("B03")
    void whiteSpaceAtTheEndIsNotPartOfTheField() throws RejectedException {
        assertThat(tokenOf("Bearer " + TOKEN + " \t ")).isEqualTo(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer ",
                "Bearer    ",
                "Bearer a b",
                "Bearer a,b",
                "Bearer a, Bearer b",
                "Bearer \"x\"",
                "Bearer\ta",
                "Bearer \ta",
                "Bearer a \t x",
                "Bearer =",
                "Bearer ==a",
                "Bearer a=b",
                "Bearer a&token_type_hint=x",
                "Bearer a%20b",
                "Bearer \u00e9",
                "Bearer a\u0000",
                "Bearer a\r\nX: y",
                " Bearer a",
                "",
                "\"Bearer\" a",
                "Bearer, a",
                "B\u0000earer a"
            })
    @Tag("B03")
    @Tag("B14")
    void refusesWhatIsNotOneToken68(String field) throws RejectedException {
        assertThat(tokenOf("Bearer " + TOKEN)).isEqualTo(TOKEN);
        assertRefused(Reason.MALFORMED_CREDENTIALS, field);
    }

    @Test
    @Tag("B04")
    @Tag("B05")
    void refusesRepeatedFields() throws RejectedException {
        assertThat(tokenOf("Bearer " + TOKEN)).isEqualTo(TOKEN);
        assertRefused(Reason.SEVERAL_CREDENTIALS, "Bearer " + TOKEN, "Bearer " + TOKEN);
        assertRefused(Reason.SEVERAL_CREDENTIALS, "Bearer " + TOKEN, "DPoP " + TOKEN);
        assertRefused(Reason.SEVERAL_CREDENTIALS, "Basic abc", "Bearer " + TOKEN);
        assertRefused(Reason.SEVERAL_CREDENTIALS, "", "Bearer " + TOKEN);
    }

    @Test
    @Tag("B07")
    void aTokenInTheQueryNeverCounts() throws RejectedException {
        assertThat(extractor.extract(List.of(), "access_token=" + TOKEN))
                .isEqualTo(new Credentials.Absent(Reason.TOKEN_IN_QUERY));
        assertThat(extractor.extract(List.of(), "a=b&access_token=" + TOKEN))
                .isEqualTo(new Credentials.Absent(Reason.TOKEN_IN_QUERY));
        assertThat(extractor.extract(List.of(), "my_access_token=" + TOKEN))
                .isEqualTo(new Credentials.Absent(Reason.NO_CREDENTIALS));
        assertThat(text(extractor.extract(List.of("Bearer " + TOKEN), "access_token=other")))
                .isEqualTo(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic dXNlcjpwYXNz", "DPoP " + TOKEN, "Bearerx " + TOKEN, "Beare " + TOKEN, "Negotiate"})
    @Tag("B13")
    void anotherSchemeIsNoCredentials(String field) throws RejectedException {
        assertThat(tokenOf("Bearer " + TOKEN)).isEqualTo(TOKEN);
        assertThat(extractor.extract(List.of(field), null))
                .isEqualTo(new Credentials.Absent(Reason.UNSUPPORTED_SCHEME));
    }

    @Test
    @Tag("B09")
    void noFieldIsNoCredentials() throws RejectedException {
        assertThat(extractor.extract(List.of(), null)).isEqualTo(new Credentials.Absent(Reason.NO_CREDENTIALS));
    }

    @Test
    @Tag("W19")
    @Tag("accepts")
    @Tag("refuses")
    void refusesATokenThatIsTooLongBeforeLookingAtIt() throws RejectedException {
        assertThat(tokenOf("Bearer " + "a".repeat(100))).hasSize(100);
        assertRefused(Reason.TOKEN_TOO_LONG, "Bearer " + "a".repeat(101));
        assertRefused(Reason.TOKEN_TOO_LONG, "Bearer " + "\"".repeat(1_000_000));
    }

    /** U+0161 has the byte of an a in it, and whoever cut characters down to bytes would take the one for the other. */
    @Test
    @Tag("N12")
    void aCharacterBeyondLatin1IsNotTakenForOneOfATokenThatLooksLikeItsByte() throws RejectedException {
        assertThat(tokenOf("Bearer abc")).isEqualTo("abc");
        for (String lookalike : List.of("\u0161bc", "ab\u0163", "a\ud83d\ude00c", "abc\u2003")) {
            assertRefused(Reason.MALFORMED_CREDENTIALS, "Bearer " + lookalike);
        }
    }

    @Test
    void aPresentedTokenShowsItsFingerprintOnly() {
        PresentedToken token = PresentedToken.of(TOKEN);
        assertThat(token.toString()).doesNotContain(TOKEN).contains(token.fingerprint());
        assertThat(token.fingerprint()).matches("[0-9a-f]{16}");
        assertThat(token.digest().toString()).doesNotContain(TOKEN).contains(token.fingerprint());
        assertThatThrownBy(() -> PresentedToken.of("a b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("a b");
    }

    private String tokenOf(String field) throws RejectedException {
        return text(extractor.extract(List.of(field), null));
    }

    private static String text(Credentials credentials) {
        assertThat(credentials).isInstanceOf(Credentials.Presented.class);
        return ((Credentials.Presented) credentials).token().text();
    }

    private void assertRefused(Reason reason, String... fields) {
        assertThatThrownBy(() -> extractor.extract(List.of(fields), null))
                .asInstanceOf(InstanceOfAssertFactories.type(RejectedException.class))
                .satisfies(e -> assertThat(e.rejection().reason()).isEqualTo(reason))
                .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
    }
}
