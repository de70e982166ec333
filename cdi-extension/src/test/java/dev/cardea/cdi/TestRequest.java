package dev.cardea.cdi;

import dev.cardea.Authentication;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** The two facts of a servlet request that this module asks for, as a servlet container's CDI offers them. */
final class TestRequest {
    static final ThreadLocal<@Nullable Authentication> CURRENT = new ThreadLocal<>();

    private TestRequest() {}

    /** The attribute is read at every call, so that a test can authenticate in the middle of a request. */
    static final class Producer {
        @Produces
        @RequestScoped
        @Typed(HttpServletRequest.class)
        HttpServletRequest request() {
            return (HttpServletRequest) Proxy.newProxyInstance(
                    HttpServletRequest.class.getClassLoader(),
                    new Class<?>[] {HttpServletRequest.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "getAttribute" -> Authentication.ATTRIBUTE.equals(arguments[0]) ? CURRENT.get() : null;
                        case "isSecure" -> true;
                        case "toString" -> "request";
                        default -> throw new UnsupportedOperationException(method.getName());
                    });
        }
    }
}
