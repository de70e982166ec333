package dev.cardea.dpop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReplayKeyTest {
    private static final byte[] JKT = Proofs.thumbprint(1);
    private static final ReplayKey KEY = ReplayKey.of(JKT, "GET", "https://api.example.com/a", "one");

    @Test
    @Tag("D30")
    void isTheSameForTheSameProofAndAnotherForEachDifference() {
        assertThat(ReplayKey.of(JKT.clone(), "GET", "https://api.example.com/a", "one"))
                .isEqualTo(KEY)
                .hasSameHashCodeAs(KEY)
                .hasToString(KEY.toString());
        assertThat(List.of(
                        ReplayKey.of(Proofs.thumbprint(2), "GET", "https://api.example.com/a", "one"),
                        ReplayKey.of(JKT, "get", "https://api.example.com/a", "one"),
                        ReplayKey.of(JKT, "GET", "https://api.example.com/A", "one"),
                        ReplayKey.of(JKT, "GET", "https://api.example.com/a", "One"),
                        ReplayKey.of(JKT, "GET", "https://api.example.com/a", "")))
                .doesNotContain(KEY)
                .doesNotHaveDuplicates();
        assertThat(KEY.equals("another thing")).isFalse();
    }

    /** Two parts must not become others by moving what is between them. */
    @Test
    @Tag("D30")
    void keepsItsPartsApart() {
        assertThat(List.of(
                        ReplayKey.of(JKT, "GET", "https://api.example.com/a", "one"),
                        ReplayKey.of(JKT, "GET", "https://api.example.com/ao", "ne"),
                        ReplayKey.of(JKT, "GET", "https://api.example.com/", "aone"),
                        ReplayKey.of(JKT, "GEThttps://api.example.com/a", "", "one"),
                        ReplayKey.of(JKT, "", "GEThttps://api.example.com/a", "one"),
                        ReplayKey.of(JKT, "GET", "https://api.example.com/aone", "")))
                .doesNotHaveDuplicates();
    }

    @Test
    @Tag("D31")
    void isAsSmallHoweverLongTheJti() {
        ReplayKey huge = ReplayKey.of(JKT, "GET", "https://api.example.com/a", "x".repeat(102_400));
        assertThat(huge).isNotEqualTo(ReplayKey.of(JKT, "GET", "https://api.example.com/a", "x".repeat(102_399) + "y"));
        assertThat(huge.toString()).hasSize(32).doesNotContain("x");
    }

    @Test
    void saysWhoseItIs() {
        assertThat(ReplayKey.of(JKT, "PUT", "https://api.example.com/b", "two").client())
                .isEqualTo(KEY.client())
                .isNotEqualTo(Proofs.proof(2, 1).client());
    }

    @Test
    void takesThumbprintsOnly() {
        assertThatIllegalArgumentException().isThrownBy(() -> ReplayKey.of(new byte[31], "GET", "https://a", "one"));
    }
}
