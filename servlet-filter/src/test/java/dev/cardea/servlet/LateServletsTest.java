package dev.cardea.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.AccessPolicy;
import dev.cardea.RequiresScope;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("N22")
class LateServletsTest {
    private final List<String> told = new ArrayList<>();
    private final Logger logger = Logger.getLogger("dev.cardea.servlet");
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            told.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
    }

    @AfterEach
    void stop() {
        logger.removeHandler(handler);
    }

    @Test
    void areToldOnceAndByName() {
        LateServlets late = lateServlets("early", "late");
        late.tellOnce();
        late.tellOnce();
        assertThat(told).singleElement().asString().contains("[late]", "getNamedDispatcher");
    }

    @Test
    void areNotToldWhereThereAreNone() {
        lateServlets("early").tellOnce();
        lateServlets("early", "undeclared").tellOnce();
        assertThat(told).isEmpty();
    }

    private static LateServlets lateServlets(String... names) {
        Map<String, ServletRegistration> registrations = new HashMap<>();
        for (String name : names) {
            registrations.put(name, registration(name.equals("undeclared") ? Undeclared.class : Declared.class));
        }
        ServletContext context = FakeContainer.of(ServletContext.class, (method, argument) -> switch (method) {
            case "getServletRegistrations" -> registrations;
            case "getServletRegistration" -> registrations.get(argument);
            case "getContextPath" -> "/app";
            case "getClassLoader" -> LateServletsTest.class.getClassLoader();
            case "getAttribute" -> null;
            default -> throw new UnsupportedOperationException(method);
        });
        return new LateServlets(context, new Endpoints(context, AccessPolicy.authenticated()), Set.of("early"));
    }

    private static ServletRegistration registration(Class<?> servlet) {
        return FakeContainer.of(ServletRegistration.class, (method, argument) -> switch (method) {
            case "getClassName" -> servlet.getName();
            case "getMappings" -> List.of("/late");
            default -> null;
        });
    }

    @RequiresScope("orders:read")
    static class Declared extends HttpServlet {
        private static final long serialVersionUID = 1;
    }

    static class Undeclared extends HttpServlet {
        private static final long serialVersionUID = 1;
    }
}
