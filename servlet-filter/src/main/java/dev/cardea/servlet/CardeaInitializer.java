package dev.cardea.servlet;

import dev.cardea.PathRule;
import dev.cardea.RequiresScope;
import dev.cardea.RequiresSenderConstrainedToken;
import dev.cardea.ResourceServer;
import dev.cardea.deployment.AnnotationProblems;
import dev.cardea.deployment.EndpointReport;
import dev.cardea.deployment.KnownEndpoint;
import dev.cardea.handover.DeployedBeans;
import dev.cardea.handover.Handover;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.HandlesTypes;
import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts Cardea into a web application: the filter first in every chain, closed until the configuration has been read.
 *
 * <p>The types handled are those that exist everywhere: a container without JAX-RS fails the deployment over an
 * annotation type that it cannot load. {@link ResourceClasses} adds what can be learnt otherwise.
 */
@HandlesTypes({
    RequiresScope.class,
    RequiresScope.List.class,
    RequiresSenderConstrainedToken.class,
    PermitAll.class,
    DenyAll.class,
    RolesAllowed.class
})
public final class CardeaInitializer implements ServletContainerInitializer {
    private static final int FEW = 60;
    private static final System.Logger LOG = System.getLogger("dev.cardea.servlet");

    /**
     * Registers the filter, then configures it.
     *
     * @throws RuntimeException if the configuration or an annotation is wrong. Not a {@code ServletException}, which Open
     *     Liberty swallows; and should a container swallow this too, the filter stays closed
     */
    @Override
    public void onStartup(@Nullable Set<Class<?>> annotated, ServletContext context) {
        CardeaFilter filter = new CardeaFilter();
        try {
            register(filter, context);
            start(filter, annotated == null ? Set.of() : Set.copyOf(annotated), context);
        } catch (RuntimeException e) {
            LOG.log(
                    Level.ERROR,
                    "Cardea cannot protect the application \"" + context.getContextPath() + "\", which therefore stays"
                            + " closed: " + e.getMessage());
            throw e;
        }
    }

    private static void start(CardeaFilter filter, Set<Class<?>> annotated, ServletContext context) {
        Set<Class<?>> classes = ResourceClasses.of(annotated, context);
        requireWorking(classes);
        ResourceServer server = ResourceServer.builder()
                .application(context.getContextPath())
                .listenersOf(context.getClassLoader())
                .build();
        try {
            context.addListener(new ClosingListener(server));
            context.setAttribute(Handover.ANNOTATED, annotated);
            Protection protection = protection(server, classes, context);
            List<KnownEndpoint> known =
                    KnownEndpoints.of(context, protection.endpoints(), protection.webSockets(), classes);
            new UnmatchedRules(context, KnownPaths.of(context, protection.endpoints(), known, classes))
                    .require(server.rulePaths());
            report(server, known, context);
            ContainerConstraints.in(context).forEach(place -> LOG.log(Level.WARNING, place));
            context.setAttribute(Handover.RESOURCE_SERVER, server);
            filter.open(protection); // the last step: whatever fails before leaves the filter closed
        } catch (RuntimeException e) {
            server.close(); // whose listener does not run where the deployment fails
            throw e;
        }
    }

    /** One block where people still read it; more is for those who ask for it. */
    private static void report(ResourceServer server, List<KnownEndpoint> known, ServletContext context) {
        List<String> lines = EndpointReport.lines(
                known,
                each -> server.inWords(
                        each.hasPath() ? server.ruleOfAll(each.method(), List.of(each.path())) : PathRule.none(),
                        each.declared()));
        String heading = lines.size() + " endpoints of \"" + context.getContextPath() + "\" and what they ask for"
                + "; anything else, where no path rule holds: " + server.defaultPolicy();
        if (lines.size() <= FEW) {
            LOG.log(Level.INFO, heading + "\n  " + String.join("\n  ", lines));
        } else {
            LOG.log(Level.INFO, heading + " (each of them at DEBUG)");
            LOG.log(Level.DEBUG, () -> String.join("\n", lines));
        }
        PathRule root = server.ruleOfAll("GET", List.of(context.getContextPath() + "/"));
        if (root.isOpen()) {
            LOG.log(
                    Level.WARNING,
                    "cardea.routes: a path rule (" + root + ") opens the whole application \""
                            + context.getContextPath()
                            + "\": what has no annotation and no rule of its own is open to everybody");
        }
        List<String> rules = server.rulesInWords();
        if (!rules.isEmpty()) {
            LOG.log(Level.INFO, "path rules of \"" + context.getContextPath() + "\"\n  " + String.join("\n  ", rules));
        }
    }

    private static void register(CardeaFilter filter, ServletContext context) {
        FilterRegistration.Dynamic registration = context.addFilter(Handover.FILTER_NAME, filter);
        if (registration == null) {
            throw new IllegalStateException("A filter named \"" + Handover.FILTER_NAME
                    + "\" exists already: rename the one that web.xml declares, and leave Cardea's to Cardea");
        }
        registration.setAsyncSupported(true);
        // false: before every filter that web.xml or an annotation declares
        registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
        registerLast(" for other origins", new CrossOriginFilter(filter), context);
        registerLast(" at the end", new MethodGuard(filter), context);
        context.getServletRegistrations().keySet().forEach(servletName -> guard(servletName, filter, context));
    }

    private static void registerLast(String name, Filter filter, ServletContext context) {
        FilterRegistration.Dynamic registration = context.addFilter(Handover.FILTER_NAME + name, filter);
        registration.setAsyncSupported(true);
        // true: after every filter that web.xml or an annotation declares
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
    }

    private static void guard(String servletName, CardeaFilter filter, ServletContext context) {
        FilterRegistration.Dynamic registration = context.addFilter(
                Handover.FILTER_NAME + " in front of " + servletName, new DispatchGuard(filter, servletName));
        registration.setAsyncSupported(true);
        registration.addMappingForServletNames(
                EnumSet.of(DispatcherType.FORWARD, DispatcherType.INCLUDE), false, servletName);
    }

    private static void requireWorking(Set<Class<?>> classes) {
        List<String> problems = AnnotationProblems.in(classes, DeployedBeans.guarded());
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "annotations that would protect nothing:\n  " + String.join("\n  ", problems));
        }
    }

    private static Protection protection(ResourceServer server, Set<Class<?>> classes, ServletContext context) {
        Endpoints endpoints = new Endpoints(context, server.defaultPolicy());
        endpoints.validate();
        return new Protection(
                server,
                endpoints,
                WebSocketEndpoints.of(classes, context.getContextPath(), server.defaultPolicy()),
                new JaxRsHalf(context),
                new LateServlets(
                        context, endpoints, context.getServletRegistrations().keySet()),
                OpenResources.of(classes, server.defaultPolicy().isOpen()));
    }
}
