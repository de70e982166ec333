package dev.cardea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessPolicyTest {
    @Test
    void aPolicyThatNamesNothingIsNoPolicy() {
        assertThat(AccessPolicy.allScopes("a")).isNotEqualTo(AccessPolicy.authenticated());
        assertThatThrownBy(AccessPolicy::allScopes).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(AccessPolicy::anyScope).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(AccessPolicy::anyRole).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\"", "a\\", "\u00e9", "a\n"})
    void aScopeIsOneScopeToken(String scope) {
        assertThat(AccessPolicy.allScopes("a", "b")).isEqualTo(AccessPolicy.allScopes("b", "a", "b"));
        assertThatThrownBy(() -> AccessPolicy.allScopes("a", scope)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AccessPolicy.anyScope(scope)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void twoStarsAmongTheRolesAreAnybodyWithAToken() {
        assertThat(AccessPolicy.anyRole("clerk", "**")).isEqualTo(AccessPolicy.authenticated());
        assertThat(AccessPolicy.anyRole("clerk", "clerk")).isEqualTo(AccessPolicy.anyRole("clerk"));
    }

    @Test
    void onlyWhatIsForEverybodyIsOpenAndOnlyPermitIgnoresCredentials() {
        assertThat(AccessPolicy.permit().isOpen()).isTrue();
        assertThat(AccessPolicy.permit().ignoresCredentials()).isTrue();
        assertThat(AccessPolicy.anonymous().isOpen()).isTrue();
        assertThat(AccessPolicy.anonymous().ignoresCredentials()).isFalse();
        for (AccessPolicy closed : List.of(
                AccessPolicy.authenticated(),
                AccessPolicy.deny(),
                AccessPolicy.allScopes("a"),
                AccessPolicy.permit().and(AccessPolicy.allScopes("a")),
                AccessPolicy.permit().and(AccessPolicy.deny()))) {
            assertThat(closed.isOpen()).as("%s", closed).isFalse();
            assertThat(closed.ignoresCredentials()).as("%s", closed).isFalse();
        }
    }

    @Test
    void aPolicySaysWhatItAsksFor() {
        assertThat(AccessPolicy.allScopes("orders:read").toString()).contains("orders:read");
        assertThat(AccessPolicy.allScopes("a").hashCode())
                .isNotEqualTo(AccessPolicy.allScopes("b").hashCode());
    }

    @Test
    void nobodyCanBeRequiredToBeUnknown() {
        assertThat(AccessPolicy.subjectType(SubjectType.USER)).isEqualTo(AccessPolicy.user());
        assertThatThrownBy(() -> AccessPolicy.subjectType(SubjectType.UNKNOWN))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(AccessPolicy.user().isOpen()).isFalse();
    }

    @Test
    void anEndpointsNameChangesNothingAboutWhatIsAsked() {
        AccessPolicy named = AccessPolicy.allScopes("a").forEndpoint("Orders.list");
        assertThat(named).isEqualTo(AccessPolicy.allScopes("a")).hasSameHashCodeAs(AccessPolicy.allScopes("a"));
    }

    @Test
    void anAnswerIsACopy() {
        List<String> values = new ArrayList<>(List.of("no-store"));
        Answer answer = new Answer(401, Map.of("Cache-Control", values));
        values.add("public");
        assertThat(answer.headers().get("Cache-Control")).containsExactly("no-store");
    }

    @Test
    void aBuilderBuildsOnce() {
        ResourceServerBuilder builder = ResourceServer.builder()
                .properties(Map.of("cardea.issuer", "https://as.example", "cardea.audience", "https://api.example"));
        builder.build().close();
        assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);
    }
}
