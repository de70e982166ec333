package dev.cardea.servlet;

import dev.cardea.handover.DeployedBeans;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The classes of the application that may be JAX-RS resources: those with an annotation of ours, and those that RESTEasy's
 * integration has found by {@code @Path} and hands on in initialisation parameters (WildFly in the context's, Open Liberty
 * in the servlet's). The latter matter for locators that carry no annotation of ours.
 */
final class ResourceClasses {
    private static final String SCANNED = "resteasy.scanned.resources";
    /** Enterprise beans: {@code name;class} each. */
    private static final String SCANNED_BEANS = "resteasy.scanned.jndi.resources";

    private ResourceClasses() {}

    static Set<Class<?>> of(Collection<Class<?>> annotated, ServletContext context) {
        Set<Class<?>> classes = new LinkedHashSet<>(annotated);
        addNamed(classes, context::getInitParameter, context.getClassLoader());
        for (ServletRegistration registration :
                context.getServletRegistrations().values()) {
            addNamed(classes, registration::getInitParameter, context.getClassLoader());
        }
        DeployedBeans.all().stream().filter(ResourceClasses::isResource).forEach(classes::add);
        return classes;
    }

    /** A class that refers to libraries that are not there is a bean all the same, as long as nobody uses it. */
    private static boolean isResource(Class<?> type) {
        try {
            return ResourceAnnotations.pathOfClass(type) != null;
        } catch (LinkageError e) {
            return false;
        }
    }

    private static void addNamed(Set<Class<?>> classes, UnaryOperator<@Nullable String> parameter, ClassLoader loader) {
        for (String key : new String[] {SCANNED, SCANNED_BEANS}) {
            String names = parameter.apply(key);
            if (names == null) {
                continue;
            }
            for (String name : names.split(",", -1)) {
                Class<?> found = ApplicationClasses.find(
                        name.substring(name.indexOf(';') + 1).trim(), loader);
                if (found != null) {
                    classes.add(found);
                }
            }
        }
    }
}
