package dev.cardea.servlet;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** As much of a container's object as a test needs: each method answers by its name and first argument. */
interface FakeContainer {
    @Nullable
    Object answer(String method, @Nullable Object argument);

    static <T> T of(Class<T> type, FakeContainer answers) {
        return ofAll(
                type, (method, arguments) -> answers.answer(method, arguments.isEmpty() ? null : arguments.get(0)));
    }

    /** The same with every argument. */
    static <T> T ofAll(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) ->
                        answers.answer(method.getName(), arguments == null ? List.of() : Arrays.asList(arguments))));
    }

    /** Answers by name and every argument. */
    interface Answers {
        @Nullable
        Object answer(String method, List<Object> arguments);
    }
}
