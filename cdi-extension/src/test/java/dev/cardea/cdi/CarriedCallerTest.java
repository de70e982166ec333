package dev.cardea.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cardea.Caller;
import dev.cardea.handover.CurrentCaller;
import jakarta.enterprise.concurrent.spi.ThreadContextProvider;
import jakarta.enterprise.concurrent.spi.ThreadContextRestorer;
import jakarta.enterprise.concurrent.spi.ThreadContextSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.weld.context.RequestContext;
import org.jboss.weld.context.unbound.UnboundLiteral;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The caller in threads that are not his request's, played as the Concurrency specification has a container do it. */
class CarriedCallerTest {
    private static final int ROUNDS = 500;

    private static final ThreadLocal<Boolean> IN_REQUEST = ThreadLocal.withInitial(() -> false);

    private static WeldContainer container;

    private final ThreadContextProvider provider = new CallerThreadContext();
    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final Orders orders = container.select(Orders.class).get();

    @ApplicationScoped
    static class Orders {
        @Inject
        Caller caller;

        @Inject
        SecurityContext securityContext;

        boolean isSecure() {
            return securityContext.isSecure();
        }

        String who() {
            Principal principal = securityContext.getUserPrincipal();
            return caller.getName() + " " + (principal == null ? "nobody" : principal.getName());
        }
    }

    /** As Weld's: a proxy, and whoever asks it outside an HTTP request gets this exception. */
    static class Request {
        @Produces
        @RequestScoped
        @Typed(HttpServletRequest.class)
        HttpServletRequest request() {
            if (!IN_REQUEST.get()) {
                throw new IllegalStateException("no servlet request");
            }
            return proxy(HttpServletRequest.class, method -> switch (method) {
                case "getAttribute" -> null;
                case "isSecure" -> true;
                default -> throw new UnsupportedOperationException(method);
            });
        }
    }

    @BeforeAll
    static void start() {
        container = new Weld()
                .disableDiscovery()
                .addExtension(new CallerBeans())
                .addBeanClasses(Orders.class, Request.class)
                .initialize();
    }

    @AfterAll
    static void stop() {
        container.shutdown();
    }

    @AfterEach
    void endPool() {
        pool.shutdownNow();
        assertThat(CurrentCaller.get()).isNull();
    }

    @Test
    void aTaskKnowsTheCallerOfTheRequestThatSubmittedIt() throws Exception {
        Future<String> task = inRequestOf("alice", () -> {
            assertThat(orders.who()).isEqualTo("alice alice");
            return submit(orders::who);
        });
        assertThat(task.get()).isEqualTo("alice alice");
        Future<String> anonymous = inRequestOf("anonymous", () -> submit(orders::who));
        assertThat(anonymous.get()).isEqualTo("anonymous nobody");
    }

    @Test
    void pooledThreadsForgetTheCallerWhenATaskEnds() throws Exception {
        assertThat(inRequestOf("alice", () -> submit(orders::who)).get()).isEqualTo("alice alice");
        Callable<String> failing = () -> {
            throw new IllegalArgumentException(orders.who());
        };
        Future<String> failed = inRequestOf("alice", () -> submit(failing));
        assertThatThrownBy(failed::get).hasRootCauseMessage("alice alice");
        for (int i = 0; i < 10; i++) {
            assertNobody(pool.submit(orders::who));
        }
    }

    @Test
    void twoUsersOnPooledThreadsAreNeverMixedUp() throws Exception {
        ExecutorService requests = Executors.newFixedThreadPool(2);
        try {
            List<Future<List<String>>> users = new ArrayList<>();
            for (String user : List.of("alice", "bob")) {
                users.add(requests.submit(() -> rounds(user)));
            }
            assertThat(Set.copyOf(users.get(0).get())).containsExactly("alice alice");
            assertThat(Set.copyOf(users.get(1).get())).containsExactly("bob bob");
        } finally {
            requests.shutdownNow();
        }
    }

    /** Each task hands over another one, from a thread that no request has. */
    private List<String> rounds(String user) throws Exception {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            Future<Future<String>> task = inRequestOf(
                    user,
                    () -> submit(() -> {
                        answers.add(orders.who());
                        return submit(orders::who);
                    }));
            answers.add(task.get().get());
        }
        return answers;
    }

    @Test
    void aTaskThatTheThreadOfAnotherRequestRunsKeepsItsOwnCaller() throws Exception {
        ThreadContextSnapshot ofAlice = inRequestOf("alice", () -> provider.currentContext(Map.of()));
        assertThat(inRequestOf("bob", () -> List.of(orders.who(), run(ofAlice, orders::who), orders.who())))
                .containsExactly("bob bob", "alice alice", "bob bob");
    }

    @Test
    void aTaskWithClearedContextSeesNobodyNotEvenTheRequestOfItsThread() throws Exception {
        ThreadContextSnapshot cleared = inRequestOf("alice", () -> provider.clearedContext(Map.of()));
        assertNobody(pool.submit(() -> run(cleared, orders::who)));
        inRequestOf("bob", () -> {
            assertThat(orders.who()).isEqualTo("bob bob");
            assertThatThrownBy(() -> run(cleared, orders::who)).isInstanceOf(IllegalStateException.class);
            assertThat(orders.who()).isEqualTo("bob bob");
            return null;
        });
    }

    @Test
    void aTaskThatBelongsToNoRequestSeesNobodyNorDoWhatItHandsOver() throws Exception {
        assertNobody(submit(orders::who));
        assertNobody(submit(() -> submit(orders::who).get()));
        ThreadContextSnapshot ofNobody = provider.currentContext(Map.of());
        inRequestOf("bob", () -> {
            assertThatThrownBy(() -> run(ofNobody, orders::who)).isInstanceOf(IllegalStateException.class);
            return null;
        });
    }

    /** Where the JAX-RS half stands alone nobody says it to the thread, only the request has it. */
    @Test
    void theCallerIsFoundInTheRequestWhereTheFilterIsNotInFront() throws Exception {
        Future<String> task = inRequestScope(() -> {
            assertThat(CurrentCaller.get()).isNull();
            return submit(orders::who);
        });
        assertThat(task.get()).isEqualTo("anonymous nobody");
    }

    @Test
    void aScopeThatIsActivatedByHandHasNoRequest() {
        RequestContextController controller =
                container.select(RequestContextController.class).get();
        controller.activate();
        try {
            assertThatThrownBy(orders::who)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("no caller was carried");
        } finally {
            controller.deactivate();
        }
    }

    @Test
    void whetherTheConnectionIsSecureIsNotCarried() throws Exception {
        Future<Boolean> task = inRequestOf("alice", () -> {
            assertThat(orders.isSecure()).isTrue();
            return submit(() -> orders.isSecure());
        });
        assertNobody(task);
    }

    @Test
    void containersFindItUnderItsName() {
        assertThat(ServiceLoader.load(ThreadContextProvider.class))
                .singleElement()
                .isInstanceOf(CallerThreadContext.class)
                .satisfies(found -> assertThat(found.getThreadContextType()).isEqualTo("Cardea"));
    }

    private static void assertNobody(Future<?> task) {
        assertThatThrownBy(task::get)
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(RuntimeException.class)
                .hasStackTraceContaining("no caller was carried into it");
    }

    /** What a managed executor does. */
    private <T> Future<T> submit(Callable<T> task) {
        ThreadContextSnapshot snapshot = provider.currentContext(Map.of());
        return pool.submit(() -> run(snapshot, task));
    }

    private static <T> T run(ThreadContextSnapshot snapshot, Callable<T> task) throws Exception {
        ThreadContextRestorer restorer = snapshot.begin();
        try {
            return task.call();
        } finally {
            restorer.endContext();
        }
    }

    /** What the servlet filter does, in a request that CDI knows as well. */
    private static <T> T inRequestOf(String user, Callable<T> work) throws Exception {
        return inRequestScope(() -> {
            Caller caller = user.equals("anonymous") ? Caller.anonymous() : named(user);
            Supplier<Caller> before = CurrentCaller.set(() -> caller);
            try {
                return work.call();
            } finally {
                CurrentCaller.set(before);
            }
        });
    }

    private static <T> T inRequestScope(Callable<T> work) throws Exception {
        RequestContext context =
                container.select(RequestContext.class, UnboundLiteral.INSTANCE).get();
        context.activate();
        IN_REQUEST.set(true);
        try {
            return work.call();
        } finally {
            IN_REQUEST.remove();
            context.invalidate();
            context.deactivate();
        }
    }

    private static Caller named(String user) {
        return proxy(Caller.class, method -> switch (method) {
            case "getName" -> user;
            case "isAnonymous" -> false;
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private static <T> T proxy(Class<T> type, Function<String, @Nullable Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.apply(method.getName())));
    }
}
