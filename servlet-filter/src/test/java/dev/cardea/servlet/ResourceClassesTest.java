package dev.cardea.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResourceClassesTest {
    static final class Annotated {}

    static final class OfTheContext {}

    static final class OfTheServlet {}

    static final class Bean {}

    @Test
    void addsWhatTheServerFoundToWhatIsAnnotated() {
        ServletContext context = context(
                Map.of(
                        "resteasy.scanned.resources",
                        OfTheContext.class.getName() + ",no.such.Type,",
                        "resteasy.scanned.jndi.resources",
                        "java:module/Bean;" + Bean.class.getName()),
                Map.of("resteasy.scanned.resources", " " + OfTheServlet.class.getName() + " "));
        assertThat(ResourceClasses.of(Set.of(Annotated.class), context))
                .containsExactlyInAnyOrder(Annotated.class, OfTheContext.class, OfTheServlet.class, Bean.class);
        assertThat(ResourceClasses.of(Set.of(), context(Map.of(), Map.of()))).isEmpty();
    }

    private static ServletContext context(Map<String, String> ofContext, Map<String, String> ofServlet) {
        ServletRegistration registration =
                FakeContainer.of(ServletRegistration.class, (method, argument) -> ofServlet.get(argument));
        return FakeContainer.of(ServletContext.class, (method, argument) -> switch (method) {
            case "getInitParameter" -> ofContext.get(argument);
            case "getClassLoader" -> ResourceClassesTest.class.getClassLoader();
            case "getServletRegistrations" -> Map.of("rest", registration);
            default -> throw new UnsupportedOperationException(method);
        });
    }
}
