package dev.cardea.authz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.authz.Requirement.Access;
import dev.cardea.token.SubjectKind;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequirementTest {
    @ParameterizedTest
    @EnumSource(Access.class)
    void addingNeverWeakens(Access access) {
        for (Access other : Access.values()) {
            Requirement sum = Requirement.of(access).and(Requirement.of(other));
            assertThat(sum.access()).isGreaterThanOrEqualTo(access).isGreaterThanOrEqualTo(other);
            assertThat(sum).isEqualTo(Requirement.of(other).and(Requirement.of(access)));
        }
    }

    @Test
    void scopesAndRolesAddUp() {
        Requirement sum = Requirement.allScopes(Set.of("a"))
                .and(Requirement.allScopes(Set.of("b")))
                .and(Requirement.anyScope(Set.of("c", "d")))
                .and(Requirement.anyScope(Set.of("e")))
                .and(Requirement.anyRole(Set.of("x", "y")))
                .and(Requirement.anyRole(Set.of("z")));
        assertThat(sum.allScopes()).containsExactlyInAnyOrder("a", "b");
        assertThat(sum.anyScopes()).containsExactly(Set.of("c", "d"), Set.of("e"));
        assertThat(sum.anyRoles()).containsExactly(Set.of("x", "y"), Set.of("z"));
        assertThat(sum.scopesForChallenge()).containsExactly("a", "b", "c", "d", "e");
        assertThat(sum.access()).isEqualTo(Access.AUTHENTICATED);
    }

    @Test
    void theSameTwiceIsTheSameOnce() {
        Requirement any = Requirement.anyScope(Set.of("c", "d"));
        assertThat(any.and(Requirement.anyScope(Set.of("d", "c")))).isEqualTo(any);
    }

    @Test
    @Tag("C04")
    void nobodyIsTwoKindsOfSubjectAtOnce() {
        Requirement user = Requirement.subject(SubjectKind.USER);
        Requirement both = user.and(Requirement.subject(SubjectKind.CLIENT));
        assertThat(both.subjects()).containsExactlyInAnyOrder(SubjectKind.USER, SubjectKind.CLIENT);
        assertThat(user.and(Requirement.allScopes(Set.of("a"))).subjects()).containsExactly(SubjectKind.USER);
        assertThat(Requirement.of(Access.PERMIT).and(user).access()).isEqualTo(Access.AUTHENTICATED);
    }
}
