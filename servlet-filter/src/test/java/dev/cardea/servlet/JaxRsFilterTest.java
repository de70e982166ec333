package dev.cardea.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterRegistration;
import org.junit.jupiter.api.Test;

class JaxRsFilterTest {
    @Test
    void aFilterOfAJaxRsImplementationIsTold() {
        assertThat(isJaxRs("org.jboss.resteasy.plugins.server.servlet.Filter30Dispatcher"))
                .isTrue();
        assertThat(isJaxRs("org.glassfish.jersey.servlet.ServletContainer")).isTrue();
        assertThat(isJaxRs(CardeaFilter.class.getName())).isFalse();
        assertThat(isJaxRs("no.such.Filter")).isFalse();
    }

    private static boolean isJaxRs(String className) {
        FilterRegistration registration = FakeContainer.of(FilterRegistration.class, (method, argument) -> className);
        return JaxRsServlets.isJaxRs(registration, JaxRsFilterTest.class.getClassLoader());
    }
}
