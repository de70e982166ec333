package dev.cardea.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("N22")
class CardeaFeatureTest {
    private final List<Object> registered = new ArrayList<>();

    @Test
    void theFiltersAreForServersAndLeaveClientsOfTheApplicationAlone() {
        assertThat(new CardeaFeature().configure(context(RuntimeType.SERVER))).isTrue();
        assertThat(registered)
                .containsExactly(
                        AuthenticationFilter.class,
                        PreflightFilter.class,
                        AuthorizationFilter.class,
                        AccessRefusedMapper.class);
        registered.clear();

        assertThat(new CardeaFeature().configure(context(RuntimeType.CLIENT))).isFalse();
        assertThat(registered).isEmpty();
    }

    private FeatureContext context(RuntimeType runtime) {
        Configuration configuration = (Configuration) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Configuration.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "getRuntimeType" -> runtime;
                    case "isRegistered" -> registered.contains(arguments[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return (FeatureContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {FeatureContext.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "getConfiguration" -> configuration;
                    case "register" -> registered.add(arguments[0]) ? self : self;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
