package dev.cardea.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every profile; each one's data is in its file and on {@code docs/reference/profiles.md}. */
class TraitsTest {
    /** What RFC 9068 2.2 requires; whatever is not required is relaxed and has to be named. */
    private static final List<String> REQUIRED = List.of("iss", "exp", "aud", "sub", "client_id", "iat", "jti");

    @ParameterizedTest
    @EnumSource(Profile.class)
    @Tag("T03")
    @Tag("T06")
    void issuerAudienceAndExpiryAreAlwaysRequired(Profile profile) {
        assertThat(profile.traits().required()).contains("iss", "aud", "exp");
        assertThat(profile.traits().audience().get(0)).isEqualTo("aud");
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    @Tag("T01")
    @Tag("accepts")
    void acceptsWhatIsTypedAsRfc9068Says(Profile profile) {
        assertThat(profile.traits().types()).contains("at+jwt");
    }

    /** RFC 8725 3.12: where {@code typ} does not tell, a claim has to be there that others do not have. */
    @ParameterizedTest
    @EnumSource(Profile.class)
    @Tag("W15")
    @Tag("T20")
    void whoeverAcceptsAnotherTypeAsksForSomethingThatOnlyAccessTokensHave(Profile profile) {
        Traits traits = profile.traits();
        if (traits.untyped() || traits.types().size() > 1) {
            assertThat(traits.discriminator().present().size()
                            + traits.discriminator().anyPresent().size()
                            + traits.discriminator().values().size())
                    .isPositive();
        }
        assertThat(traits.discriminator().absent()).containsAll(Traits.OF_OTHER_KINDS);
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void whatIsRelaxedIsNamedWithAReason(Profile profile) {
        Traits traits = profile.traits();
        List<String> named =
                traits.relaxations().stream().map(Traits.Relaxation::what).toList();
        REQUIRED.stream().filter(claim -> !traits.required().contains(claim)).forEach(claim -> assertThat(named)
                .anyMatch(what -> what.contains("`" + claim + "`")));
        assertThat(named.stream().anyMatch(what -> what.contains("`typ`")))
                .isEqualTo(traits.untyped() || traits.types().size() > 1);
        assertThat(named.stream().anyMatch(what -> what.contains("`aud`")))
                .isEqualTo(traits.audience().size() > 1);
        assertThat(traits.relaxations())
                .allSatisfy(each -> assertThat(each.why()).isNotBlank());
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void saysOnWhatItRestsAndSinceWhen(Profile profile) {
        Traits.Evidence evidence = profile.traits().evidence();
        assertThat(LocalDate.parse(evidence.readOn())).isBeforeOrEqualTo(LocalDate.of(2100, 1, 1));
        assertThat(evidence.how()).isNotBlank();
        assertThat(evidence.pages()).allMatch(page -> page.startsWith("https://"));
        assertThat(evidence.pages().isEmpty()).as("a page, or a run").isEqualTo(evidence.wasRun());
    }
}
