package dev.cardea.cdi;

import dev.cardea.RequiresScope;
import dev.cardea.RequiresSenderConstrainedToken;
import dev.cardea.deployment.AnnotationProblems;
import dev.cardea.deployment.GuardedMethods;
import dev.cardea.handover.DeployedBeans;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.enterprise.inject.spi.configurator.AnnotatedTypeConfigurator;
import java.lang.reflect.Method;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts {@link CallGuard} in front of beans with security annotations, and stops a deployment with an annotation that
 * cannot work, all of them in one message.
 *
 * <p>The servlet adapter asks again for classes that CDI does not see.
 */
public final class AnnotationValidation implements Extension {
    private static final int LAST = Integer.MAX_VALUE;

    private final Set<Class<?>> types = new LinkedHashSet<>();
    private final Set<Class<?>> beans = new LinkedHashSet<>();
    private final Set<Class<?>> deployed = new LinkedHashSet<>();
    private final Set<Class<?>> guarded = new LinkedHashSet<>();

    /** Not every type: Weld logs that it delivers every type, in each deployment. */
    void collectAnnotated(
            @Observes
                    @WithAnnotations({
                        RequiresScope.class,
                        RequiresScope.List.class,
                        RequiresSenderConstrainedToken.class
                    })
                    ProcessAnnotatedType<?> event) {
        types.add(event.getAnnotatedType().getJavaClass());
    }

    /**
     * Puts the interceptor in front of methods. Every type has to be looked at: what a bean inherits from an interface no
     * filter by annotation sees. Last of all, since another extension may set the type anew.
     *
     * @param <B> nothing but a bound, without which Weld logs that every type is delivered; it has to be here
     */
    <B, T extends B> void guard(@Observes @Priority(LAST) ProcessAnnotatedType<T> event) {
        Set<Method> methods = GuardedMethods.of(event.getAnnotatedType().getJavaClass());
        if (!methods.isEmpty()) {
            AnnotatedTypeConfigurator<T> type = event.configureAnnotatedType();
            type.filterMethods(method -> methods.contains(method.getJavaMember()))
                    .forEach(method -> method.add(Guarded.Literal.INSTANCE));
            if (methods.stream().anyMatch(Method::isDefault)) {
                type.add(
                        Guarded.Literal.INSTANCE); // CDI lists no method that the class only inherits from an interface
            }
        }
    }

    /** Beans without an annotation of their own may have one by an interface, which the other event does not see. */
    void collectBean(@Observes ProcessManagedBean<?> event) {
        Class<?> bean = event.getBean().getBeanClass();
        types.add(bean);
        deployed.add(bean);
        if (isGuarded(event.getAnnotatedBeanClass())) {
            guarded.add(bean);
            beans.add(bean);
        } else if (GuardedMethods.of(bean).isEmpty()) {
            beans.add(bean);
        }
    }

    /** What was added is asked for, and not what was meant to be: an extension that came later may have dropped it. */
    private static boolean isGuarded(AnnotatedType<?> type) {
        return type.isAnnotationPresent(Guarded.class)
                || type.getMethods().stream().anyMatch(method -> method.isAnnotationPresent(Guarded.class));
    }

    void validate(@Observes AfterDeploymentValidation event) {
        List<String> problems = AnnotationProblems.in(types, beans);
        DeployedBeans.add(deployed, guarded);
        deployed.clear();
        types.clear();
        if (!problems.isEmpty()) {
            event.addDeploymentProblem(new DeploymentException(
                    "Cardea: annotations that would protect nothing:\n - " + String.join("\n - ", problems)));
        }
    }
}
