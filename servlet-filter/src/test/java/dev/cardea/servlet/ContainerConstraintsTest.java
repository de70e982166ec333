package dev.cardea.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.http.HttpServlet;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ContainerConstraintsTest {
    @ServletSecurity(@HttpConstraint(rolesAllowed = "clerk"))
    static class Constrained extends HttpServlet {
        private static final long serialVersionUID = 1;
    }

    static class Plain extends HttpServlet {
        private static final long serialVersionUID = 1;
    }

    @Test
    void findsAConstraintInTheDeploymentDescriptor() {
        assertThat(constraints("<web-app><security-constraint></security-constraint></web-app>", Plain.class))
                .singleElement()
                .asString()
                .contains("web.xml", "@RequiresScope");
        assertThat(constraints("<j:web-app><j:security-constraint/></j:web-app>".replace("/>", ">"), Plain.class))
                .hasSize(1);
    }

    @Test
    void findsAnAnnotatedServlet() {
        assertThat(constraints(null, Constrained.class))
                .singleElement()
                .asString()
                .contains("Constrained");
    }

    @Test
    void isQuietWhereThereIsNone() {
        assertThat(constraints(null, Plain.class)).isEmpty();
        assertThat(constraints("<web-app><!-- <security-constraint> --><x/></web-app>", Plain.class))
                .isEmpty();
        assertThat(constraints("<web-app><security-constraints-of-ours/></web-app>", Plain.class))
                .isEmpty();
    }

    private static List<String> constraints(@Nullable String webXml, Class<?> servlet) {
        ServletRegistration registration = FakeContainer.of(
                ServletRegistration.class,
                (method, argument) -> method.equals("getClassName") ? servlet.getName() : null);
        return ContainerConstraints.in(FakeContainer.of(ServletContext.class, (method, argument) -> switch (method) {
            case "getResourceAsStream" ->
                webXml == null ? null : new ByteArrayInputStream(webXml.getBytes(StandardCharsets.UTF_8));
            case "getServletRegistrations" -> Map.of("servlet", registration);
            case "getClassLoader" -> ContainerConstraintsTest.class.getClassLoader();
            default -> throw new UnsupportedOperationException(method);
        }));
    }
}
