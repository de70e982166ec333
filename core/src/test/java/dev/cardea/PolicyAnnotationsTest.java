package dev.cardea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("N23")
class PolicyAnnotationsTest {
    private static final AccessPolicy READ = AccessPolicy.allScopes("read");
    private static final AccessPolicy WRITE = AccessPolicy.allScopes("write");

    @RequiresScope("read")
    static class OnClass {
        public void inherited() {}

        @RequiresScope("write")
        public void own() {}

        @PermitAll
        public void open() {}

        @DenyAll
        public void closed() {}

        @RolesAllowed({"clerk", "boss"})
        public void roles() {}

        @RolesAllowed("**")
        public void anybody() {}

        @RolesAllowed({})
        public void nobody() {}

        @RequiresScope("write")
        @RolesAllowed("boss")
        public void both() {}

        @PermitAll
        @RequiresScope("write")
        public void contradictory() {}

        @RequiresScope(
                value = {"a", "b"},
                anyOf = {"c", "d"})
        public void allAndAny() {}
    }

    static class Plain {
        public void method() {}
    }

    @Test
    void aMethodReplacesItsClass() throws Exception {
        assertThat(on(OnClass.class, "inherited")).isEqualTo(READ);
        assertThat(on(OnClass.class, "own")).isEqualTo(WRITE);
        assertThat(on(OnClass.class, "open")).isEqualTo(AccessPolicy.anonymous());
        assertThat(on(OnClass.class, "closed")).isEqualTo(AccessPolicy.deny());
        assertThat(AccessPolicy.declaredOn(Plain.class, Plain.class.getMethod("method")))
                .isEmpty();
    }

    @Test
    void scopesAndRolesOnOneElementBothApply() {
        assertThat(on(OnClass.class, "both")).isEqualTo(WRITE.and(AccessPolicy.anyRole("boss")));
        assertThat(on(OnClass.class, "contradictory").isOpen()).isFalse();
        assertThat(on(OnClass.class, "contradictory")).isEqualTo(WRITE.and(AccessPolicy.anonymous()));
        assertThat(on(OnClass.class, "allAndAny"))
                .isEqualTo(AccessPolicy.allScopes("a", "b").and(AccessPolicy.anyScope("c", "d")));
    }

    @Test
    void rolesAllowedMeansWhatTheSpecificationsSay() {
        assertThat(on(OnClass.class, "roles")).isEqualTo(AccessPolicy.anyRole("clerk", "boss"));
        assertThat(on(OnClass.class, "anybody")).isEqualTo(AccessPolicy.authenticated());
        assertThat(on(OnClass.class, "nobody")).isEqualTo(AccessPolicy.deny());
    }

    interface Api {
        @RequiresScope("read")
        void get();

        @RequiresScope("read")
        default void byDefault() {}

        void unmarked();
    }

    static class Implementation implements Api {
        @Override
        public void get() {}

        @Override
        @RequiresScope("write")
        public void unmarked() {}
    }

    @Test
    void theInterfacesAndTheClassesDeclarationsAreOneMethod() throws Exception {
        for (Class<?> declaring : List.of(Api.class, Implementation.class)) {
            assertThat(AccessPolicy.declaredOn(Implementation.class, declaring.getMethod("get")))
                    .contains(READ);
            assertThat(AccessPolicy.declaredOn(Implementation.class, declaring.getMethod("byDefault")))
                    .contains(READ);
            assertThat(AccessPolicy.declaredOn(Implementation.class, declaring.getMethod("unmarked")))
                    .contains(WRITE);
        }
    }

    interface GenericApi<K, V extends CharSequence> {
        @RequiresScope("read")
        void put(K key, List<V> values, V[] more);
    }

    abstract static class GenericBase<V extends CharSequence> implements GenericApi<Integer, V> {}

    static class GenericImplementation extends GenericBase<String> {
        @Override
        public void put(Integer key, List<String> values, String[] more) {}

        // An overload, not an override: its being open must not open the other one.
        @PermitAll
        public void put(Number key, List<String> values, String[] more) {}
    }

    @Test
    void anOverriddenGenericMethodKeepsItsRequirement() throws Exception {
        Method implementation = GenericImplementation.class.getMethod("put", Integer.class, List.class, String[].class);
        Method declaration = GenericApi.class.getMethod("put", Object.class, List.class, CharSequence[].class);
        assertThat(AccessPolicy.declaredOn(GenericImplementation.class, implementation))
                .contains(READ);
        assertThat(AccessPolicy.declaredOn(GenericImplementation.class, declaration))
                .contains(READ);
        Method bridge = Arrays.stream(GenericImplementation.class.getDeclaredMethods())
                .filter(m -> m.getName().equals("put") && m.getParameterTypes()[0] == Integer.class)
                .findFirst()
                .orElseThrow();
        assertThat(AccessPolicy.declaredOn(GenericImplementation.class, bridge)).contains(READ);
    }

    static class Superclass {
        @RequiresScope("read")
        public void overridden() {}

        @RequiresScope("read")
        public void opened() {}
    }

    static class Subclass extends Superclass {
        @Override
        @RequiresScope("write")
        public void overridden() {}

        @Override
        @PermitAll
        public void opened() {}
    }

    @Test
    void anOverrideAddsToWhatItOverridesAndNeverOpensIt() {
        assertThat(on(Subclass.class, "overridden")).isEqualTo(READ.and(WRITE));
        assertThat(on(Subclass.class, "opened").isOpen()).isFalse();
    }

    @DenyAll
    interface Closed {}

    @PermitAll
    static class OpenBase {}

    static class OpenBelowClosed extends OpenBase implements Closed {
        public void method() {}
    }

    @Test
    void classLevelAnnotationsOfTheWholeHierarchyAddUp() {
        assertThat(AccessPolicy.declaredOn(OpenBase.class)).contains(AccessPolicy.anonymous());
        assertThat(AccessPolicy.declaredOn(OpenBelowClosed.class)).contains(AccessPolicy.deny());
        assertThat(on(OpenBelowClosed.class, "method")).isEqualTo(AccessPolicy.deny());
    }

    @RequiresScope("read")
    @RequiresScope(anyOf = {"clerk", "boss"})
    static class Repeated {
        public void inherited() {}

        @RequiresScope("a")
        @RequiresScope({"b", "c"})
        @RolesAllowed("boss")
        public void own() {}

        @RequiresScope.List(@RequiresScope("write"))
        public void spelledOut() {}
    }

    interface RepeatedApi<T> {
        @RequiresScope("a")
        @RequiresScope("b")
        default void byDefault(T value) {}

        void overloaded(T value);
    }

    static class RepeatedImplementation implements RepeatedApi<String> {
        @Override
        @RequiresScope("c")
        public void overloaded(String value) {}

        // Another method of the same name.
        @RequiresScope("d")
        @RequiresScope("e")
        public void overloaded(Integer value) {}
    }

    /** A container's proxy: overrides everything, annotates nothing. */
    static class RepeatedImplementation$Proxy extends RepeatedImplementation {
        @Override
        public void byDefault(String value) {}

        @Override
        public void overloaded(String value) {}
    }

    @Test
    void everyOccurrenceOfARepeatedAnnotationApplies() {
        AccessPolicy onClass = READ.and(AccessPolicy.anyScope("clerk", "boss"));
        assertThat(AccessPolicy.declaredOn(Repeated.class)).contains(onClass);
        assertThat(on(Repeated.class, "inherited")).isEqualTo(onClass);
        assertThat(on(Repeated.class, "own"))
                .isEqualTo(AccessPolicy.allScopes("a", "b", "c").and(AccessPolicy.anyRole("boss")));
        assertThat(on(Repeated.class, "spelledOut")).isEqualTo(WRITE);
    }

    @Test
    void aRepeatedAnnotationIsFoundOnDefaultMethodsOverloadsBridgesAndBehindProxies() throws Exception {
        for (Class<?> type : List.of(RepeatedImplementation.class, RepeatedImplementation$Proxy.class)) {
            assertThat(AccessPolicy.declaredOn(type, RepeatedApi.class.getMethod("byDefault", Object.class)))
                    .contains(AccessPolicy.allScopes("a", "b"));
            assertThat(AccessPolicy.declaredOn(type, type.getMethod("overloaded", String.class)))
                    .contains(AccessPolicy.allScopes("c"));
            assertThat(AccessPolicy.declaredOn(
                            type, RepeatedImplementation.class.getMethod("overloaded", Integer.class)))
                    .contains(AccessPolicy.allScopes("d", "e"));
        }
    }

    static class Broken {
        @RequiresScope.List({})
        public void emptyList() {}

        @RequiresScope
        public void empty() {}

        @RequiresScope("orders:read orders:write")
        public void twoInOne() {}
    }

    @Test
    void anAnnotationThatCannotWorkNamesItsPlace() {
        assertThatThrownBy(() -> on(Broken.class, "empty"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Broken.empty");
        assertThatThrownBy(() -> on(Broken.class, "emptyList"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Broken.emptyList");
        assertThatThrownBy(() -> on(Broken.class, "twoInOne"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Broken.twoInOne")
                .hasMessageContaining("orders:read orders:write");
    }

    private static AccessPolicy on(Class<?> type, String method) {
        try {
            return AccessPolicy.declaredOn(type, type.getMethod(method)).orElseThrow();
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    // @RequiresSenderConstrainedToken

    @RequiresSenderConstrainedToken
    @RequiresScope("orders:read")
    private static class Bound {
        void asTheClass() {}

        @RequiresScope("orders:write")
        void withItsOwnScope() {}

        @RequiresSenderConstrainedToken(RequiresSenderConstrainedToken.Binding.DPOP)
        void withItsOwnBinding() {}

        @jakarta.annotation.security.PermitAll
        void open() {}
    }

    private static final class Unbound {
        @RequiresSenderConstrainedToken
        void bound() {}

        void free() {}
    }

    @Test
    @Tag("D39")
    void theBindingOfAClassHoldsWhateverItsMethodsDeclareButForOpenOnes() throws NoSuchMethodException {
        AccessPolicy bound = AccessPolicy.senderConstrained(RequiresSenderConstrainedToken.Binding.ANY);
        AccessPolicy read = AccessPolicy.allScopes("orders:read");
        assertThat(declaredOn(Bound.class, "asTheClass")).contains(bound.and(read));
        assertThat(declaredOn(Bound.class, "withItsOwnScope"))
                .contains(bound.and(AccessPolicy.allScopes("orders:write")));
        assertThat(declaredOn(Bound.class, "withItsOwnBinding"))
                .as("adds to the scope of the class too")
                .contains(read.and(bound)
                        .and(AccessPolicy.senderConstrained(RequiresSenderConstrainedToken.Binding.DPOP)));
        assertThat(declaredOn(Bound.class, "open")).contains(AccessPolicy.anonymous());
        assertThat(declaredOn(Unbound.class, "bound")).contains(bound);
        assertThat(declaredOn(Unbound.class, "free")).isEmpty();
        assertThat(AccessPolicy.declaredOn(Bound.class)).contains(bound.and(read));
        assertThat(bound.toString()).contains("bound to a key or certificate");
    }

    private static java.util.Optional<AccessPolicy> declaredOn(Class<?> type, String method)
            throws NoSuchMethodException {
        return AccessPolicy.declaredOn(type, type.getDeclaredMethod(method));
    }
}
