package dev.cardea.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import java.lang.reflect.Proxy;
import org.glassfish.jersey.servlet.ServletOfAnImplementation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("N22")
class JaxRsServletsTest {
    static class Extended extends ServletOfAnImplementation {
        private static final long serialVersionUID = 1;
    }

    static class Plain extends HttpServlet {
        private static final long serialVersionUID = 1;
    }

    @Test
    void aServletThatExtendsOneOfAnImplementationIsJaxRsToo() {
        assertThat(isJaxRs(ServletOfAnImplementation.class)).isTrue();
        assertThat(isJaxRs(Extended.class)).isTrue();
        assertThat(isJaxRs(Plain.class)).isFalse();
    }

    private static boolean isJaxRs(Class<?> servlet) {
        ServletRegistration registration = (ServletRegistration) Proxy.newProxyInstance(
                servlet.getClassLoader(),
                new Class<?>[] {ServletRegistration.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "getName" -> "rest";
                    case "getClassName" -> servlet.getName();
                    case "getInitParameter" -> null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return JaxRsServlets.isJaxRs(registration, servlet.getClassLoader());
    }
}
