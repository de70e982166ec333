package dev.cardea.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("N23")
class DeclarationsTest {

    interface Root {
        void call();
    }

    interface Middle extends Root {}

    interface Other {
        void call();
    }

    abstract static class Base implements Other {
        private void hidden() {}

        static void shared() {}

        void own() {}
    }

    static class Service extends Base implements Middle {
        @Override
        public void call() {}

        void hidden() {}

        @Override
        void own() {}
    }

    static class HidesStatic extends Base {
        @Override
        public void call() {}

        static void shared() {}
    }

    @Test
    void classesComeFirstThenEveryInterfaceHoweverFarUp() {
        assertThat(List.copyOf(Declarations.of(Service.class)))
                .startsWith(Service.class, Base.class)
                .containsExactlyInAnyOrder(Service.class, Base.class, Middle.class, Root.class, Other.class);
        assertThat(List.copyOf(Declarations.of(Middle.class))).containsExactly(Middle.class, Root.class);
    }

    @Test
    void aMethodIsDeclaredWhereverItIsOverriddenOrImplemented() {
        assertThat(declaring(Service.class, "call")).containsExactlyInAnyOrder(Service.class, Root.class, Other.class);
        assertThat(declaring(Service.class, "own")).containsExactly(Service.class, Base.class);
    }

    @Test
    void aPrivateOrStaticMethodOfASuperclassIsAnotherMethod() {
        assertThat(declaring(Service.class, "hidden")).containsExactly(Service.class);
        assertThat(declaring(HidesStatic.class, "shared")).isEmpty();
    }

    interface Taking<T> {
        void take(T value);

        void takeAll(T[] values);

        void takeSome(List<? extends T> values);
    }

    interface TakingMore<S extends Number> extends Taking<S> {}

    static class TakesIntegers implements TakingMore<Integer> {
        @Override
        public void take(Integer value) {}

        @Override
        public void takeAll(Integer[] values) {}

        @Override
        public void takeSome(List<? extends Integer> values) {}

        /** Not what the interface declares. */
        public void take(Long value) {}
    }

    static class TakesStrings extends GenericBase<String> {
        @Override
        public void take(String value) {}
    }

    abstract static class GenericBase<T> implements Taking<T> {
        @Override
        public abstract void take(T value);

        @Override
        public void takeAll(T[] values) {}

        @Override
        public void takeSome(List<? extends T> values) {}
    }

    @Test
    void typeVariablesAreWhatTheClassMakesOfThem() throws Exception {
        assertThat(declaring(TakesIntegers.class, TakesIntegers.class.getMethod("take", Integer.class)))
                .containsExactly(TakesIntegers.class, Taking.class);
        assertThat(declaring(TakesIntegers.class, TakesIntegers.class.getMethod("takeAll", Integer[].class)))
                .containsExactly(TakesIntegers.class, Taking.class);
        assertThat(declaring(TakesIntegers.class, TakesIntegers.class.getMethod("takeSome", List.class)))
                .containsExactly(TakesIntegers.class, Taking.class);
        assertThat(declaring(TakesStrings.class, TakesStrings.class.getMethod("take", String.class)))
                .containsExactly(TakesStrings.class, GenericBase.class, Taking.class);
    }

    @Test
    void anOverloadIsAnotherMethod() throws Exception {
        assertThat(declaring(TakesIntegers.class, TakesIntegers.class.getMethod("take", Long.class)))
                .containsExactly(TakesIntegers.class);
    }

    static class TakesAnything implements Raw {
        @Override
        public <T extends Comparable<T>> void sort(T value) {}
    }

    interface Raw {
        <T extends Comparable<T>> void sort(T value);
    }

    @Test
    void aTypeVariableOfTheMethodIsItsBound() throws Exception {
        assertThat(declaring(TakesAnything.class, TakesAnything.class.getMethod("sort", Comparable.class)))
                .containsExactly(TakesAnything.class, Raw.class);
    }

    @Test
    void signaturesAreEqualByNameAndParameters() throws Exception {
        MethodSignature take =
                MethodSignature.of(TakesIntegers.class, TakesIntegers.class.getMethod("take", Long.class));
        MethodSignature same = new MethodSignature("take", List.of(Long.class));

        assertThat(take)
                .isEqualTo(same)
                .hasSameHashCodeAs(same)
                .isNotEqualTo(null)
                .isNotEqualTo("take");
        assertThat(take).isNotEqualTo(new MethodSignature("took", List.of(Long.class)));
        assertThat(take).isNotEqualTo(new MethodSignature("take", List.of(Integer.class)));
        assertThat(take.hashCode()).isNotEqualTo(new MethodSignature("take", List.of(Integer.class)).hashCode());
    }

    private static List<Class<?>> declaring(Class<?> type, String name) {
        Method method = Arrays.stream(type.getDeclaredMethods())
                .filter(each -> each.getName().equals(name) && !each.isSynthetic())
                .findFirst()
                .orElseThrow();
        return declaring(type, method);
    }

    private static List<Class<?>> declaring(Class<?> type, Method method) {
        return Declarations.of(type, method).stream()
                .<Class<?>>map(Method::getDeclaringClass)
                .toList();
    }
}
