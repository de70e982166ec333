package dev.cardea.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.Caller;
import dev.cardea.handover.CurrentCaller;
import dev.cardea.handover.Handover;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardeaInitializerTest {
    private static final String RIGHT = "cardea.issuer=https://as.example\ncardea.audience=https://api.example\n";

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final AtomicReference<@Nullable Filter> filter = new AtomicReference<>();
    private final Map<String, Object> attributes = new HashMap<>();
    private boolean webXmlIsBroken;

    @TempDir
    Path classes;

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void aRightConfigurationOpensTheFilter() throws Exception {
        configure(RIGHT);
        new CardeaInitializer().onStartup(null, context());
        assertThat(attributes).containsKey(Handover.RESOURCE_SERVER);
        assertThat(statusWithoutToken()).isEqualTo(401);
    }

    @Test
    void aWrongConfigurationLeavesTheFilterClosedShouldTheContainerGoOn() throws Exception {
        configure(RIGHT.replace("cardea.audience", "cardea.audiance"));
        assertThatThrownBy(() -> new CardeaInitializer().onStartup(Set.of(), context()))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("cardea.audience");
        assertThat(attributes).doesNotContainKey(Handover.RESOURCE_SERVER);
        assertThat(statusWithoutToken()).isEqualTo(503);
    }

    @Test
    void whateverFailsLaterLeavesItClosedAsWell() throws Exception {
        configure(RIGHT);
        webXmlIsBroken = true;
        assertThatThrownBy(() -> new CardeaInitializer().onStartup(null, context()))
                .isInstanceOf(RuntimeException.class);
        assertThat(attributes).doesNotContainKey(Handover.RESOURCE_SERVER);
        assertThat(statusWithoutToken()).isEqualTo(503);
    }

    @Test
    @Tag("B01")
    void theThreadWorksForTheCallerAsLongAsTheDispatchLastsAndNotLonger() throws Exception {
        configure(RIGHT + "cardea.access.default=permit\n");
        new CardeaInitializer().onStartup(null, context());
        List<Caller> seen = new ArrayList<>();
        send((request, response) -> seen.add(CurrentCaller.get()));
        assertThat(seen).containsExactly(Caller.anonymous());
        assertThat(CurrentCaller.get()).isNull();

        Caller outer = Caller.anonymous();
        CurrentCaller.set(() -> outer);
        assertThatThrownBy(() -> send((request, response) -> {
                    throw new IOException("broken");
                }))
                .hasMessage("broken");
        Supplier<Caller> left = CurrentCaller.set(null);
        assertThat(left.get()).isSameAs(outer);
        assertThatThrownBy(() -> send((request, response) -> {
                    throw new IOException("broken");
                }))
                .hasMessage("broken");
        assertThat(CurrentCaller.get()).isNull();
    }

    private void configure(String properties) throws IOException {
        Path file = Files.createDirectories(classes.resolve("META-INF")).resolve("microprofile-config.properties");
        Files.writeString(file, properties);
        Thread.currentThread()
                .setContextClassLoader(
                        new URLClassLoader(new URL[] {classes.toUri().toURL()}, before));
    }

    private ServletContext context() {
        FilterRegistration.Dynamic registration =
                FakeContainer.of(FilterRegistration.Dynamic.class, (method, argument) -> null);
        return FakeContainer.ofAll(ServletContext.class, (method, arguments) -> switch (method) {
            case "addFilter" -> {
                if (arguments.get(0).equals(Handover.FILTER_NAME)) {
                    filter.set((Filter) arguments.get(1));
                }
                yield registration;
            }
            case "setAttribute" -> attributes.put((String) arguments.get(0), arguments.get(1));
            case "getAttribute" -> attributes.get((String) arguments.get(0));
            case "getServletRegistrations", "getFilterRegistrations" -> Map.of();
            case "getClassLoader" -> Thread.currentThread().getContextClassLoader();
            case "getResourceAsStream" -> webXmlIsBroken ? broken() : null;
            case "getInitParameter", "addListener" -> null;
            case "getContextPath" -> "/app";
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private static InputStream broken() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken");
            }
        };
    }

    private int statusWithoutToken() throws Exception {
        AtomicBoolean passedOn = new AtomicBoolean();
        int status = send((request, response) -> passedOn.set(true));
        assertThat(passedOn).isFalse();
        return status;
    }

    private int send(FilterChain chain) throws Exception {
        AtomicInteger status = new AtomicInteger();
        HttpServletMapping mapping = FakeContainer.of(
                HttpServletMapping.class, (method, argument) -> method.equals("getPattern") ? "/*" : null);
        HttpServletRequest request = FakeContainer.of(HttpServletRequest.class, (method, argument) -> switch (method) {
            case "getHttpServletMapping" -> mapping;
            case "getMethod" -> "GET";
            case "getDispatcherType" -> DispatcherType.REQUEST;
            case "getHeaders" -> Collections.enumeration(List.of());
            case "isAsyncStarted" -> false;
            case "isSecure" -> true;
            case "getRemoteAddr" -> null;
            case "getAttribute", "setAttribute", "getQueryString" -> null;
            default -> throw new UnsupportedOperationException(method);
        });
        HttpServletResponse response = FakeContainer.of(HttpServletResponse.class, (method, argument) -> {
            if (method.equals("setStatus")) {
                status.set((Integer) argument);
            }
            return method.equals("isCommitted") || method.equals("containsHeader") ? false : null;
        });
        filter.get().doFilter(request, response, chain);
        return status.get();
    }
}
