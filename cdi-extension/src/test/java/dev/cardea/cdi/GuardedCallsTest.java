package dev.cardea.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cardea.AccessPolicy;
import dev.cardea.AccessRefusedException;
import dev.cardea.Authentication;
import dev.cardea.DecisionEvent;
import dev.cardea.DecisionEvent.Outcome;
import dev.cardea.RequiresScope;
import dev.cardea.ResourceServer;
import dev.cardea.handover.DeployedBeans;
import dev.cardea.handover.Handover;
import dev.cardea.testkit.TestAuthorizationServer;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.weld.context.RequestContext;
import org.jboss.weld.context.unbound.UnboundLiteral;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What beans ask of their callers, in a container that knows nothing of requests but what the adapters leave there. */
@Tag("N23")
class GuardedCallsTest {
    private static final List<DecisionEvent> EVENTS = new CopyOnWriteArrayList<>();
    private static final ThreadLocal<@Nullable Map<String, Object>> ATTRIBUTES = new ThreadLocal<>();
    private static final ThreadLocal<@Nullable String> TOKEN = new ThreadLocal<>();

    private static TestAuthorizationServer authorizationServer;
    private static ResourceServer resourceServer;
    private static WeldContainer container;

    @ApplicationScoped
    static class Books {
        @RequiresScope("orders:read")
        String read() {
            return "read";
        }

        @RequiresScope("orders:read")
        @RequiresScope("orders:write")
        public String readAndWrite() {
            return "written";
        }

        @RolesAllowed("clerk")
        public String roles() {
            return "roles";
        }

        @DenyAll
        public String closed() {
            return "closed";
        }

        @PermitAll
        public String open() {
            return "open";
        }

        public String free() {
            return "free";
        }

        public String toItself() {
            return read();
        }
    }

    interface Shelf<T> {
        @RequiresScope("orders:read")
        String put(T book);

        @RequiresScope("orders:read")
        default String byDefault() {
            return "default";
        }

        default String freeByDefault() {
            return "free default";
        }
    }

    @Dependent
    static class WoodenShelf implements Shelf<String> {
        @Override
        public String put(String book) {
            return book;
        }

        // An overload, which nobody annotated.
        public String put(Integer number) {
            return "number " + number;
        }
    }

    @RequiresScope("orders:read")
    abstract static class Library {
        public String inherited() {
            return "inherited";
        }

        public String overridden() {
            return "never";
        }
    }

    @SessionScoped
    static class TownLibrary extends Library implements Serializable {
        @Override
        @RequiresScope("orders:write")
        public String overridden() {
            return "overridden";
        }
    }

    @ApplicationScoped
    static class Observer {
        @RequiresScope("orders:read")
        public void on(@Observes String event) {}

        @RequiresScope("orders:read")
        public void later(@ObservesAsync Integer event) {}
    }

    @Path("books")
    @ApplicationScoped
    @RequiresScope("orders:read")
    static class BooksResource {
        @GET
        public String list() {
            return "list";
        }

        @Path("first")
        public String locator() {
            return "locator";
        }
    }

    static final class Producer {
        @Produces
        @RequestScoped
        @Typed(HttpServletRequest.class)
        HttpServletRequest request() {
            ServletContext context = proxy(ServletContext.class, (name, arguments) -> switch (name) {
                case "getAttribute" -> Handover.RESOURCE_SERVER.equals(arguments[0]) ? resourceServer : null;
                default -> throw new UnsupportedOperationException(name);
            });
            return proxy(HttpServletRequest.class, (name, arguments) -> switch (name) {
                case "getMethod" -> attributes() == null ? "" : "GET";
                case "getQueryString" -> null;
                case "isSecure" -> true;
                case "getRemoteAddr" -> "127.0.0.1";
                case "getRequestURI" -> "/app/books";
                case "getServletContext" -> context;
                case "getHeaders" ->
                    "Authorization".equals(arguments[0]) && TOKEN.get() != null
                            ? Collections.enumeration(List.of("Bearer " + TOKEN.get()))
                            : Collections.emptyEnumeration();
                case "getAttribute" -> attributes().get((String) arguments[0]);
                case "setAttribute" -> attributes().put((String) arguments[0], arguments[1]);
                default -> throw new UnsupportedOperationException(name);
            });
        }
    }

    private interface Answering {
        @Nullable
        Object answer(String method, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answering answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) ->
                        method.getName().equals("toString") ? "stub" : answers.answer(method.getName(), arguments)));
    }

    private static Map<String, Object> attributes() {
        Map<String, Object> attributes = ATTRIBUTES.get();
        if (attributes == null) {
            throw new IllegalStateException("no request on this thread"); // as Weld says it
        }
        return attributes;
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
                .listener(EVENTS::add)
                .build();
        container = new Weld()
                .addBeanClasses(
                        Books.class,
                        WoodenShelf.class,
                        TownLibrary.class,
                        Observer.class,
                        BooksResource.class,
                        Producer.class)
                .initialize();
    }

    @AfterAll
    static void stop() {
        container.shutdown();
        resourceServer.close();
        authorizationServer.close();
    }

    @Test
    void aCallRunsForWhoeverMayAndForNobodyElse() throws Exception {
        Books books = container.select(Books.class).get();

        assertThat(inRequest("orders:read", books::read)).isEqualTo("read");
        assertRefused(403, "insufficient_scope", inRequest("profile:read", refusal(books::read)));
        assertRefused(401, "Bearer", inRequest(null, refusal(books::read)));

        assertThat(inRequest("orders:read orders:write", books::readAndWrite)).isEqualTo("written");
        assertRefused(403, "orders:read orders:write", inRequest("orders:read", refusal(books::readAndWrite)));
    }

    @Test
    void standardAnnotationsCountToo() throws Exception {
        Books books = container.select(Books.class).get();

        assertThat(inRequest("orders:read", books::roles)).isEqualTo("roles");
        assertRefused(401, "Bearer", inRequest(null, refusal(books::roles)));
        assertRefused(403, "Bearer", inRequest("orders:read", refusal(books::closed)));
        assertThat(inRequest("orders:read", books::open)).isEqualTo("open");
        assertThat(inRequest(null, books::open)).isEqualTo("open");
        assertThat(inRequest(null, books::free)).isEqualTo("free");
    }

    @Test
    void whatAnInterfaceDeclaresHoldsForTheBeanBehindIt() throws Exception {
        WoodenShelf shelf = container.select(WoodenShelf.class).get();

        assertThat(inRequest("orders:read", () -> shelf.put("book"))).isEqualTo("book");
        assertRefused(403, "insufficient_scope", inRequest("profile:read", refusal(() -> shelf.put("book"))));
        Shelf<String> seenAsInterface = shelf;
        assertRefused(401, "Bearer", inRequest(null, refusal(() -> seenAsInterface.put("book"))));
        assertThat(inRequest(null, () -> shelf.put(1))).isEqualTo("number 1");

        assertThat(inRequest("orders:read", shelf::byDefault)).isEqualTo("default");
        assertRefused(403, "insufficient_scope", inRequest("profile:read", refusal(shelf::byDefault)));
        assertThat(inRequest(null, shelf::freeByDefault)).isEqualTo("free default");
    }

    @Test
    void whatASuperclassDeclaresHoldsForWhatIsInheritedAndOverridden() throws Exception {
        TownLibrary library = new TownLibraries(container).get();

        assertThat(inRequest("orders:read", library::inherited)).isEqualTo("inherited");
        assertRefused(403, "insufficient_scope", inRequest("profile:read", refusal(library::inherited)));
        assertThat(inRequest("orders:write", library::overridden)).isEqualTo("overridden");
        assertRefused(403, "insufficient_scope", inRequest("orders:read", refusal(library::overridden)));
    }

    /** A session-scoped bean outside a session: made as the container would. */
    private record TownLibraries(WeldContainer container) {
        TownLibrary get() {
            BeanManager manager = container.getBeanManager();
            @SuppressWarnings("unchecked")
            Bean<TownLibrary> bean = (Bean<TownLibrary>) manager.resolve(manager.getBeans(TownLibrary.class));
            return bean.create(manager.createCreationalContext(bean));
        }
    }

    @Test
    void withoutARequestNothingRunsThatRequiresSomethingAndTheMessageSaysWhy() throws Exception {
        Books books = container.select(Books.class).get();

        assertThatThrownBy(books::read)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("Books.read", "no request");
        assertThat(books.open()).isEqualTo("open");
        assertThat(books.free()).isEqualTo("free");
        assertThatThrownBy(() -> container.event().fire("event"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Observer.on");
        assertThat(inRequest("orders:read", () -> {
                    container.event().fire("event");
                    return "observed";
                }))
                .isEqualTo("observed");
        assertThatThrownBy(() ->
                        container.event().fireAsync(1).toCompletableFuture().join())
                .isInstanceOf(CompletionException.class)
                .hasStackTraceContaining("Observer.later");
    }

    @Test
    void whatTheEndpointWasGrantedForIsNotJudgedAgain() throws Exception {
        BooksResource resource = container.select(BooksResource.class).get();
        AccessPolicy declared = AccessPolicy.allScopes("orders:read").forEndpoint("BooksResource.list");

        DecisionEvent event = eventOf("orders:read", authentication -> {
            resourceServer.authorize(authentication, declared);
            resource.list();
        });
        assertThat(event.outcome()).isEqualTo(Outcome.GRANTED);
        assertThat(event.route()).isEqualTo("BooksResource.list");

        assertRefused(403, "insufficient_scope", inRequest("profile:read", refusal(resource::list)));
        assertThat(inRequest(null, resource::locator))
                .as("JAX-RS decides later")
                .isEqualTo("locator");
    }

    @Test
    void aRefusedCallShowsInTheRequestsEventAndAGrantedOneLeavesItAsItWas() throws Exception {
        Books books = container.select(Books.class).get();
        AccessPolicy endpoint = AccessPolicy.authenticated().forEndpoint("Endpoint.run");

        DecisionEvent granted = eventOf("orders:read", authentication -> {
            resourceServer.authorize(authentication, endpoint);
            books.read();
        });
        assertThat(granted.outcome()).isEqualTo(Outcome.GRANTED);
        assertThat(granted.route()).isEqualTo("Endpoint.run");

        DecisionEvent refused = eventOf("orders:read", authentication -> {
            resourceServer.authorize(authentication, endpoint);
            assertThatThrownBy(books::readAndWrite).isInstanceOf(AccessRefusedException.class);
            books.read();
        });
        assertThat(refused.outcome()).as("although a granted call followed").isEqualTo(Outcome.DENIED);
        assertThat(refused.reason()).isEqualTo("SCOPE_MISSING");
        assertThat(refused.route()).isEqualTo("Books.readAndWrite");
    }

    @Test
    void tellsTheServletHalfWhichBeansAreGuarded() {
        assertThat(DeployedBeans.guarded())
                .contains(Books.class, WoodenShelf.class, TownLibrary.class, Observer.class, BooksResource.class)
                .doesNotContain(Producer.class);
    }

    private interface Work {
        String run() throws Exception;
    }

    private static Refusal refusal(Work work) {
        return () -> catchThrowableOfType(AccessRefusedException.class, work::run);
    }

    private interface Refusal {
        AccessRefusedException get();
    }

    private interface Judged {
        void run(Authentication authentication) throws Exception;
    }

    private static AccessRefusedException inRequest(@Nullable String scopes, Refusal refusal) throws Exception {
        List<AccessRefusedException> caught = new ArrayList<>();
        inRequest(scopes, () -> {
            caught.add(refusal.get());
            return "";
        });
        return caught.get(0);
    }

    private static void assertRefused(int status, String challenge, @Nullable AccessRefusedException refused) {
        assertThat(refused).isNotNull();
        assertThat(refused.answer().status()).isEqualTo(status);
        assertThat(refused.answer().headers().get("WWW-Authenticate"))
                .first()
                .asString()
                .contains(challenge);
    }

    private static DecisionEvent eventOf(String scopes, Judged judged) throws Exception {
        EVENTS.clear();
        inRequest(scopes, () -> {
            HttpServletRequest request =
                    container.select(HttpServletRequest.class).get();
            Authentication authentication = resourceServer.authenticate(new ServletRequestView(request));
            request.setAttribute(Authentication.ATTRIBUTE, authentication);
            judged.run(authentication);
            resourceServer.conclude(authentication);
            return "";
        });
        assertThat(EVENTS).hasSize(1);
        return EVENTS.get(0);
    }

    private static String inRequest(@Nullable String scopes, Work work) throws Exception {
        RequestContext context =
                container.select(RequestContext.class, UnboundLiteral.INSTANCE).get();
        context.activate();
        ATTRIBUTES.set(new HashMap<>());
        TOKEN.set(
                scopes == null
                        ? null
                        : authorizationServer
                                .accessToken(scopes.split(" ", -1))
                                .claim("roles", List.of("clerk"))
                                .build());
        try {
            return work.run();
        } finally {
            ATTRIBUTES.remove();
            TOKEN.remove();
            context.invalidate();
            context.deactivate();
        }
    }
}
