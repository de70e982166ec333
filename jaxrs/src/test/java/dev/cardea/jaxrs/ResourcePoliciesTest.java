package dev.cardea.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.AccessPolicy;
import dev.cardea.RequiresScope;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("N23")
class ResourcePoliciesTest {
    private static final AccessPolicy DEFAULT = AccessPolicy.authenticated();
    private static final AccessPolicy READ = AccessPolicy.allScopes("read");

    private final ResourcePolicies policies = new ResourcePolicies();

    interface Api {
        @RequiresScope("read")
        void onTheInterface();

        void onTheClass();

        void nowhere();
    }

    static class Resource implements Api {
        @Override
        public void onTheInterface() {}

        @Override
        @RequiresScope("read")
        public void onTheClass() {}

        @Override
        public void nowhere() {}
    }

    /** What Weld and EJB containers hand out: a subclass that overrides everything and annotates nothing. */
    static class Resource$Proxy$_$$_WeldClientProxy extends Resource {
        @Override
        public void onTheInterface() {}

        @Override
        public void onTheClass() {}

        @Override
        public void nowhere() {}
    }

    @Test
    void whicheverDeclarationTheContainerNamesTheRequirementIsFound() throws Exception {
        for (Object matched : List.of(new Resource(), new Resource$Proxy$_$$_WeldClientProxy())) {
            for (Class<?> named : List.of(Api.class, Resource.class)) {
                for (String method : List.of("onTheInterface", "onTheClass")) {
                    assertThat(policy(named, named.getMethod(method), matched))
                            .as("%s.%s on %s", named, method, matched.getClass())
                            .isEqualTo(READ);
                }
                assertThat(policy(named, named.getMethod("nowhere"), matched)).isEqualTo(AccessPolicy.undeclared());
            }
        }
    }

    @Test
    void aResourceBehindAnInterfaceProxyKeepsItsRequirement() throws Exception {
        Object proxy = Proxy.newProxyInstance(
                Api.class.getClassLoader(), new Class<?>[] {Api.class}, (self, method, arguments) -> null);
        assertThat(policy(Resource.class, Resource.class.getMethod("onTheClass"), proxy))
                .isEqualTo(READ);
        assertThat(policy(Resource.class, Api.class.getMethod("onTheClass"), proxy))
                .isEqualTo(READ);
    }

    @Test
    void behindAProxyThatHidesItsClassEveryClassCountsThatMayBeThere() throws Exception {
        Object proxy = Proxy.newProxyInstance(
                Api.class.getClassLoader(), new Class<?>[] {Api.class}, (self, method, arguments) -> null);
        Info hidden = new Info(proxy.getClass(), Api.class.getMethod("onTheClass"));
        Info seen = new Info(Resource.class, Api.class.getMethod("onTheClass"));

        assertThat(policies.of(List.of(new Resource()), seen, DEFAULT, List::of).alone())
                .isEqualTo(READ);
        assertThat(policies.of(List.of(proxy), hidden, DEFAULT, () -> List.of(Resource.class, Root.class))
                        .alone())
                .isEqualTo(READ);
        assertThat(policies.of(
                                List.of(proxy),
                                new Info(proxy.getClass(), proxy.getClass().getMethod("onTheClass")),
                                DEFAULT,
                                () -> List.of(Resource.class, Root.class))
                        .alone())
                .as("as the proxy's own method")
                .isEqualTo(READ);
        assertThat(new ResourcePolicies()
                        .of(List.of(proxy), hidden, DEFAULT, List::of)
                        .alone())
                .as("nothing known about it")
                .isEqualTo(AccessPolicy.deny());
        assertThat(policies.of(
                                List.of(proxy),
                                new Info(proxy.getClass(), Api.class.getMethod("onTheInterface")),
                                DEFAULT,
                                List::of)
                        .alone())
                .as("the interface says it")
                .isEqualTo(READ);
    }

    @RequiresScope("root")
    static class Root {}

    @PermitAll
    static class OpenRoot {}

    static class Sub {
        @RequiresScope("read")
        public void declared() {}

        @PermitAll
        public void open() {}

        public void undeclared() {}
    }

    @Test
    void aSubResourceAddsToWhatItWasReachedThrough() throws Exception {
        AccessPolicy root = AccessPolicy.allScopes("root");
        assertThat(policy(Sub.class, Sub.class.getMethod("declared"), new Sub(), new Root()))
                .isEqualTo(READ.and(root));
        assertThat(policy(Sub.class, Sub.class.getMethod("open"), new Sub(), new Root())
                        .isOpen())
                .isFalse();
        assertThat(policy(Sub.class, Sub.class.getMethod("undeclared"), new Sub(), new Root()))
                .isEqualTo(root);
        assertThat(policy(Sub.class, Sub.class.getMethod("open"), new Sub(), new OpenRoot())
                        .isOpen())
                .isTrue();
        assertThat(policy(Sub.class, Sub.class.getMethod("undeclared"), new Sub(), new OpenRoot())
                        .isOpen())
                .isFalse();
    }

    @Test
    void aRecursiveSubResourceCountsItsOwnClassAgain() throws Exception {
        assertThat(policy(Sub.class, Sub.class.getMethod("declared"), new Sub(), new Sub(), new Root()))
                .isEqualTo(READ.and(AccessPolicy.allScopes("root")));
    }

    @Test
    void whatTheContainerDoesNotNameIsClosed() {
        assertThat(policies.of(List.of(new Resource()), null, DEFAULT, List::of).alone())
                .isEqualTo(AccessPolicy.deny());
        assertThat(policies.of(List.of(new Resource()), new Info(null, null), DEFAULT, List::of)
                        .alone())
                .isEqualTo(AccessPolicy.deny());
        assertThat(policies.of(List.of(), new Info(Resource.class, null), DEFAULT, List::of)
                        .alone())
                .isEqualTo(AccessPolicy.deny());
    }

    private AccessPolicy policy(Class<?> resourceClass, Method method, Object... matched) {
        return policies.of(List.of(matched), new Info(resourceClass, method), DEFAULT, List::of)
                .alone();
    }

    private record Info(Class<?> getResourceClass, Method getResourceMethod) implements ResourceInfo {}
}
