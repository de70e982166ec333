package dev.cardea.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.Authentication;
import dev.cardea.Caller;
import dev.cardea.PathRule;
import dev.cardea.ProtectedRequest;
import dev.cardea.ResourceServer;
import dev.cardea.SubjectType;
import dev.cardea.testkit.TestAuthorizationServer;
import jakarta.enterprise.concurrent.spi.ThreadContextRestorer;
import jakarta.enterprise.concurrent.spi.ThreadContextSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.SecurityContext;
import java.io.Serializable;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jboss.weld.context.RequestContext;
import org.jboss.weld.context.unbound.UnboundLiteral;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InjectedCallerTest {
    private static TestAuthorizationServer authorizationServer;
    private static ResourceServer resourceServer;
    private static WeldContainer container;

    /** Lives longer than any request, and keeps what was injected: Quarkus CVE-2025-1247. */
    @ApplicationScoped
    static class Orders {
        private final Caller byConstructor;

        @Inject
        Caller byField;

        @Inject
        SecurityContext securityContext;

        protected Orders() {
            this(Caller.anonymous());
        }

        @Inject
        Orders(Caller byConstructor) {
            this.byConstructor = byConstructor;
        }

        List<@Nullable String> who() {
            Principal principal = securityContext.getUserPrincipal();
            return List.of(
                    byField.getName(), byConstructor.getName(), principal == null ? "nobody" : principal.getName());
        }

        SecurityContext securityContext() {
            return securityContext;
        }

        Caller caller() {
            return byField;
        }
    }

    /** What RESTEasy does. */
    static class AnotherSecurityContext {
        @Produces
        @RequestScoped
        SecurityContext securityContext() {
            throw new IllegalStateException("not ours");
        }
    }

    /** Deploying this fails if the caller cannot be injected into a bean that is written to disk. */
    @SessionScoped
    static class Basket implements Serializable {
        @Inject
        Caller caller;
    }

    @BeforeAll
    static void start() {
        authorizationServer = TestAuthorizationServer.start(Clock.systemUTC());
        resourceServer = ResourceServer.builder()
                .properties(Map.of(
                        "cardea.issuer", authorizationServer.issuer(),
                        "cardea.allow-http-issuer", "true",
                        "cardea.audience", TestAuthorizationServer.AUDIENCE,
                        "cardea.token.validation", "local",
                        "cardea.roles.claims", "roles"))
                .build();
        container = new Weld()
                .disableDiscovery()
                .addExtension(new CallerBeans())
                .addBeanClasses(Orders.class, AnotherSecurityContext.class, Basket.class, TestRequest.Producer.class)
                .initialize();
    }

    @AfterAll
    static void stop() {
        container.shutdown();
        resourceServer.close();
        authorizationServer.close();
    }

    @AfterEach
    void endRequest() {
        TestRequest.CURRENT.remove();
    }

    @Test
    void asksTheCurrentRequestAtEveryCall() throws Exception {
        Orders orders = container.select(Orders.class).get();
        assertThat(inRequest(authenticated("alice"), orders::who)).containsExactly("alice", "alice", "alice");
        assertThat(inRequest(authenticated("bob"), orders::who)).containsExactly("bob", "bob", "bob");
        assertThat(inRequest(null, orders::who)).containsExactly("anonymous", "anonymous", "nobody");
    }

    @Test
    void simultaneousRequestsNeverSeeEachOthersCaller() throws Exception {
        Orders orders = container.select(Orders.class).get();
        int requests = 4;
        CyclicBarrier together = new CyclicBarrier(requests);
        ExecutorService threads = Executors.newFixedThreadPool(requests);
        try {
            List<Future<List<@Nullable String>>> answers = IntStream.range(0, requests)
                    .mapToObj(i -> authenticated("user-" + i))
                    .map(authentication -> threads.submit(() -> inRequest(authentication, () -> {
                        together.await();
                        List<@Nullable String> who = orders.who();
                        together.await();
                        return who;
                    })))
                    .toList();
            for (int i = 0; i < requests; i++) {
                String expected = "user-" + i;
                assertThat(answers.get(i).get()).containsExactly(expected, expected, expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void seesACallerThatIsAuthenticatedAfterTheFirstLook() throws Exception {
        Orders orders = container.select(Orders.class).get();
        Authentication alice = authenticated("alice");
        assertThat(inRequest(null, () -> {
                    List<@Nullable String> before = orders.who();
                    TestRequest.CURRENT.set(alice);
                    return List.of(before, orders.who());
                }))
                .containsExactly(List.of("anonymous", "anonymous", "nobody"), List.of("alice", "alice", "alice"));
    }

    @Test
    void isNobodyOutsideARequest() throws Exception {
        Orders orders = container.select(Orders.class).get();
        assertThatThrownBy(orders::who)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no caller was carried into it");
        assertThat(inRequest(authenticated("alice"), orders::who)).contains("alice");
        assertThatThrownBy(orders::who)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no caller was carried into it");
    }

    /** The JAX-RS half alone tells only the request. */
    @Test
    void aTaskIsToldTheCallerOfARequestThatTheFilterDidNotSee() throws Exception {
        Orders orders = container.select(Orders.class).get();
        ThreadContextSnapshot ofAlice =
                inRequest(authenticated("alice"), () -> new CallerThreadContext().currentContext(Map.of()));
        ThreadContextRestorer task = ofAlice.begin();
        assertThat(orders.who()).containsExactly("alice", "alice", "alice");
        task.endContext();
        assertThatThrownBy(orders::who).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theCallerIsThatOfTheToken() throws Exception {
        Orders orders = container.select(Orders.class).get();
        Authentication authentication = authenticated("alice");
        inRequest(authentication, () -> {
            Caller expected = authentication.caller();
            Caller injected = orders.caller();
            assertThat(injected.isAnonymous()).isFalse();
            assertThat(injected.scheme()).contains("Bearer");
            assertThat(injected.issuer()).contains(authorizationServer.issuer());
            assertThat(injected.subject()).contains("alice");
            assertThat(injected.clientId()).isPresent().isEqualTo(expected.clientId());
            assertThat(injected.scopes()).containsExactlyInAnyOrder("orders:read", "orders:write");
            assertThat(injected.roles()).containsExactly("clerk");
            assertThat(injected.isInRole("clerk")).isTrue();
            assertThat(injected.isInRole("boss")).isFalse();
            assertThat(injected.groups()).isEqualTo(expected.groups());
            assertThat(injected.subjectType()).isEqualTo(SubjectType.USER);
            assertThat(injected.identity()).isPresent().isEqualTo(expected.identity());
            assertThat(injected.actor()).isEmpty();
            assertThat(injected.claim("sub", String.class)).contains("alice");
            assertThat(injected.expiresAt()).isPresent().isEqualTo(expected.expiresAt());
            assertThat(injected.claims()).containsKey("sub").isEqualTo(expected.claims());
            assertThat(injected).hasToString("caller alice");
            return null;
        });
    }

    @Test
    void theSecurityContextIsOursAndSaysTheSame() throws Exception {
        Orders orders = container.select(Orders.class).get();
        inRequest(authenticated("alice"), () -> {
            assertThat(orders.securityContext().isUserInRole("clerk")).isTrue();
            assertThat(orders.securityContext().isUserInRole("boss")).isFalse();
            assertThat(orders.securityContext().isSecure()).isTrue();
            assertThat(orders.securityContext().getAuthenticationScheme()).isEqualTo("Bearer");
            return null;
        });
        inRequest(null, () -> {
            assertThat(orders.securityContext().getUserPrincipal()).isNull();
            assertThat(orders.securityContext().isUserInRole("clerk")).isFalse();
            assertThat(orders.securityContext().getAuthenticationScheme()).isNull();
            return null;
        });
    }

    @Test
    void leavesThePrincipalBeanToTheContainer() {
        Bean<?> caller =
                container.getBeanManager().resolve(container.getBeanManager().getBeans(Caller.class));
        assertThat(caller.getTypes()).contains(Caller.class).doesNotContain(Principal.class);
        assertThat(container.getBeanManager().isNormalScope(caller.getScope())).isTrue();
    }

    private static <T> T inRequest(@Nullable Authentication authentication, Callable<T> work) throws Exception {
        RequestContext context =
                container.select(RequestContext.class, UnboundLiteral.INSTANCE).get();
        context.activate();
        TestRequest.CURRENT.set(authentication);
        try {
            return work.call();
        } finally {
            TestRequest.CURRENT.remove();
            context.invalidate();
            context.deactivate();
        }
    }

    private static Authentication authenticated(String subject) {
        String token = authorizationServer
                .accessToken("orders:read", "orders:write")
                .subject(subject)
                .claim("roles", List.of("clerk"))
                .build();
        Authentication authentication = resourceServer.authenticate(
                new ProtectedRequest() {
                    @Override
                    public String method() {
                        return "GET";
                    }

                    @Override
                    public List<String> headers(String name) {
                        return name.equals("Authorization") ? List.of("Bearer " + token) : List.of();
                    }

                    @Override
                    public @Nullable String query() {
                        return null;
                    }

                    @Override
                    public String path() {
                        return "/test";
                    }

                    @Override
                    public String matchedPath() {
                        return "/test";
                    }

                    @Override
                    public String route() {
                        return "/orders";
                    }

                    @Override
                    public boolean isSecure() {
                        return true;
                    }

                    @Override
                    public @Nullable String remoteAddress() {
                        return null;
                    }

                    @Override
                    public String correlationId() {
                        return "req-1";
                    }
                },
                PathRule.none());
        assertThat(authentication).isInstanceOf(Authentication.Authenticated.class);
        return authentication;
    }
}
