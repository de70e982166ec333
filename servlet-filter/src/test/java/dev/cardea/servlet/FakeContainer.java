package dev.cardea.servlet;

import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** As much of a container's object as a test needs: each method answers by its name and first argument. */
interface FakeContainer {
    @Nullable
    Object answer(String method, @Nullable Object argument);

    static <T> T of(Class<T> type, FakeContainer answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) ->
                        answers.answer(method.getName(), arguments == null ? null : arguments[0])));
    }
}
