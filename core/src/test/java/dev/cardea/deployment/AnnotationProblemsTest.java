package dev.cardea.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.RequiresScope;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnotationProblemsTest {
    private static List<String> problems(Class<?>... types) {
        return AnnotationProblems.in(List.of(types), List.of());
    }

    @RequiresScope("a")
    @Path("orders")
    public static class Resource {
        @GET
        @RequiresScope("b")
        public String get() {
            return "";
        }

        @Path("items")
        public SubResource items() {
            return new SubResource();
        }

        @Path("open")
        @PermitAll
        public SubResource open() {
            return new SubResource();
        }
    }

    @RequiresScope("a")
    public static class SubResource {
        @POST
        @RequiresScope("b")
        public void post() {}
    }

    @RequiresScope("a")
    public static class Servlet extends HttpServlet {}

    @RequiresScope("a")
    abstract static class BaseServlet extends HttpServlet {}

    @RequiresScope("a")
    interface UnmarkedApi {
        @RequiresScope("b")
        void call();
    }

    @Path("api")
    public static class UnmarkedApiResource implements UnmarkedApi {
        @Override
        @GET
        public void call() {}
    }

    @RequiresScope("a")
    public static class ConcreteBase {
        @RequiresScope("b")
        public void call() {}
    }

    @Path("derived")
    public static class Derived extends ConcreteBase {
        @Override
        @GET
        public void call() {}
    }

    abstract static class GenericBase<T> {
        @GET
        @RequiresScope("b")
        public abstract void take(T value);
    }

    @Path("generic")
    public static class GenericResource extends GenericBase<String> {
        @Override
        @RequiresScope("c")
        public void take(String value) {}
    }

    @Test
    void nothingIsWrongWithAnnotationsThatWork() {
        assertThat(problems(
                        Resource.class,
                        SubResource.class,
                        Servlet.class,
                        BaseServlet.class,
                        UnmarkedApi.class,
                        UnmarkedApiResource.class,
                        ConcreteBase.class,
                        Derived.class,
                        GenericBase.class,
                        GenericResource.class,
                        String.class))
                .isEmpty();
    }

    @Path("values")
    @RequiresScope
    public static class BadValues {
        @GET
        @RequiresScope({"ok", "not ok"})
        public void spaced() {}

        @POST
        @RequiresScope(anyOf = "")
        public void empty() {}
    }

    @Test
    void reportsEveryValueThatIsNoScopeAtOnce() {
        assertThat(problems(BadValues.class))
                .hasSize(3)
                .anySatisfy(problem -> assertThat(problem)
                        .contains(BadValues.class.getName() + " ")
                        .contains("names no scope"))
                .anySatisfy(problem ->
                        assertThat(problem).contains("BadValues.spaced").contains("\"not ok\""))
                .anySatisfy(problem -> assertThat(problem).contains("BadValues.empty"));
    }

    @Path("methods")
    public static class BadMethods {
        @GET
        public String fine() {
            return hidden();
        }

        @GET
        @RequiresScope("a")
        private String hidden() {
            return "";
        }

        @GET
        @RequiresScope("a")
        public static void shared() {}

        @GET
        @RequiresScope("a")
        void local() {}

        @GET
        @RequiresScope("a")
        protected void inherited() {}

        @RequiresScope("a")
        public void helper() {}

        @Path("sub")
        @RequiresScope("a")
        public SubResource locator() {
            return new SubResource();
        }

        @Path("roles")
        @RolesAllowed("boss")
        public SubResource locatorWithRoles() {
            return new SubResource();
        }

        @Path("closed")
        @DenyAll
        public SubResource closedLocator() {
            return new SubResource();
        }
    }

    @Test
    void reportsMethodsThatNoRequestIsMappedTo() {
        List<String> problems = problems(BadMethods.class, SubResource.class);
        assertThat(problems).hasSize(8).allSatisfy(problem -> assertThat(problem)
                .contains("cannot work"));
        for (String method : List.of("hidden", "shared", "local", "inherited")) {
            assertThat(problems).anySatisfy(problem -> assertThat(problem)
                    .startsWith("@RequiresScope on " + BadMethods.class.getName() + "." + method + " ")
                    .contains("not a public instance method"));
        }
        assertThat(problems)
                .anySatisfy(problem ->
                        assertThat(problem).contains("BadMethods.helper").contains("@GET"));
    }

    @Test
    void reportsWhatStandsOnASubResourceLocator() {
        List<String> problems = problems(BadMethods.class);
        assertThat(problems)
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("@RequiresScope on " + BadMethods.class.getName() + ".locator ")
                        .contains("the class that the locator returns"))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("@RolesAllowed").contains("locatorWithRoles"))
                .anySatisfy(
                        problem -> assertThat(problem).startsWith("@DenyAll").contains("closedLocator"));
        assertThat(problems(Resource.class)).isEmpty();
    }

    @Path("ambiguous")
    @PermitAll
    @RolesAllowed("boss")
    public static class Ambiguous {
        @GET
        @PermitAll
        @RequiresScope("a")
        public void openAndScoped() {}

        @POST
        @DenyAll
        @PermitAll
        public void openAndClosed() {}

        @POST
        @Path("fine")
        @RolesAllowed("boss")
        @RequiresScope("a")
        public void rolesAndScope() {}
    }

    @Test
    void reportsWhatContradictsItself() {
        assertThat(problems(Ambiguous.class))
                .hasSize(3)
                .allSatisfy(problem -> assertThat(problem).contains("contradict each other"))
                .anySatisfy(problem -> assertThat(problem)
                        .contains("@PermitAll and @RolesAllowed on " + Ambiguous.class.getName() + " "))
                .anySatisfy(problem ->
                        assertThat(problem).contains("@PermitAll and @RequiresScope", "Ambiguous.openAndScoped"))
                .anySatisfy(
                        problem -> assertThat(problem).contains("@DenyAll and @PermitAll", "Ambiguous.openAndClosed"));
    }

    @Path("repeated")
    public static class Repeated {
        @GET
        @RequiresScope("a")
        @RequiresScope("b")
        public void fine() {}

        @POST
        @RequiresScope("a")
        @RequiresScope("b c")
        public void badValue() {}

        @RequiresScope("a")
        @RequiresScope("b")
        public void helper() {}

        @GET
        @Path("empty")
        @RequiresScope.List({})
        public void empty() {}
    }

    @RequiresScope("a")
    @RequiresScope("b")
    public static class RepeatedOnService {}

    @Test
    void judgesARepeatedAnnotationAsASingleOne() {
        assertThat(problems(Repeated.class, RepeatedOnService.class))
                .hasSize(4)
                .anySatisfy(problem -> assertThat(problem).contains("Repeated.badValue", "\"b c\""))
                .anySatisfy(problem -> assertThat(problem).contains("Repeated.helper", "@GET"))
                .anySatisfy(problem -> assertThat(problem).contains("Repeated.empty", "is empty"))
                .anySatisfy(problem -> assertThat(problem).contains("RepeatedOnService"));
    }

    public static class ServletWithMethod extends HttpServlet {
        @Override
        @RequiresScope("a")
        public void doGet(HttpServletRequest request, HttpServletResponse response) {}
    }

    @Test
    void reportsAMethodOfAServlet() {
        assertThat(problems(ServletWithMethod.class))
                .singleElement()
                .asString()
                .contains("ServletWithMethod.doGet", "write it on the class " + ServletWithMethod.class.getName());
        assertThat(problems(Servlet.class)).isEmpty();
    }

    @RequiresScope("a")
    public static class Service {
        @RequiresScope("b")
        public void call() {}
    }

    @RequiresScope("a")
    public static class ServletFilter implements Filter {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) {}
    }

    @RequiresScope("a")
    @interface AdminOnly {}

    @Test
    void reportsClassesThatAreNoEndpoints() {
        assertThat(problems(Service.class, ServletFilter.class))
                .hasSize(3)
                .allSatisfy(problem -> assertThat(problem).contains("neither a JAX-RS resource nor a servlet"))
                .anySatisfy(problem -> assertThat(problem).contains(Service.class.getName() + " "))
                .anySatisfy(problem -> assertThat(problem).contains(Service.class.getName() + ".call"))
                .anySatisfy(problem -> assertThat(problem).contains(ServletFilter.class.getName()));
        assertThat(problems(AdminOnly.class))
                .singleElement()
                .asString()
                .contains("AdminOnly", "not looked for on annotations");
    }

    public static class UnmarkedApiService implements UnmarkedApi {
        @Override
        public void call() {}
    }

    @Test
    void judgesAnInterfaceByWhatImplementsIt() {
        assertThat(problems(UnmarkedApi.class)).isEmpty();
        assertThat(problems(UnmarkedApi.class, UnmarkedApiResource.class)).isEmpty();
        assertThat(problems(UnmarkedApiService.class)).hasSize(2).anySatisfy(problem -> assertThat(problem)
                .contains("UnmarkedApi.call"));
    }

    @Test
    void judgesAConcreteClassByItsKnownSubclasses() {
        assertThat(problems(ConcreteBase.class)).hasSize(2);
        assertThat(problems(ConcreteBase.class, Derived.class)).isEmpty();
    }

    @Path("bound")
    @dev.cardea.RequiresSenderConstrainedToken
    private static class BoundResource {
        @GET
        public void fine() {}

        @dev.cardea.RequiresSenderConstrainedToken
        void helper() {}

        @GET
        @PermitAll
        @dev.cardea.RequiresSenderConstrainedToken
        public void contradiction() {}
    }

    @dev.cardea.RequiresSenderConstrainedToken
    private static final class NoEndpoint {}

    @Test
    void whatAsksForABoundTokenHasToWorkWhereItStands() {
        assertThat(AnnotationProblems.in(List.of(BoundResource.class, NoEndpoint.class), List.of()))
                .hasSize(3)
                .allSatisfy(problem -> assertThat(problem).contains("@RequiresSenderConstrainedToken"))
                .anySatisfy(problem -> assertThat(problem).contains("BoundResource.helper cannot work"))
                .anySatisfy(
                        problem -> assertThat(problem).contains("@PermitAll").contains("contradict"))
                .anySatisfy(problem -> assertThat(problem).contains("NoEndpoint cannot work"));
    }
}
