package dev.cardea.cdi;

import dev.cardea.RequiresScope;
import dev.cardea.deployment.AnnotationProblems;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Stops a deployment with a security annotation that cannot work, all of them in one message.
 *
 * <p>The servlet adapter asks again for classes that CDI does not see.
 */
public final class AnnotationValidation implements Extension {
    private final Set<Class<?>> types = new LinkedHashSet<>();

    /** Not every type: Weld logs that it delivers every type, in each deployment. */
    void collectAnnotated(
            @Observes @WithAnnotations({RequiresScope.class, RequiresScope.List.class}) ProcessAnnotatedType<?> event) {
        types.add(event.getAnnotatedType().getJavaClass());
    }

    /** Beans without an annotation of their own may have one by an interface, which the other event does not see. */
    void collectBean(@Observes ProcessManagedBean<?> event) {
        types.add(event.getBean().getBeanClass());
    }

    void validate(@Observes AfterDeploymentValidation event) {
        List<String> problems = AnnotationProblems.in(types);
        types.clear();
        if (!problems.isEmpty()) {
            event.addDeploymentProblem(new DeploymentException(
                    "Cardea: annotations that would protect nothing:\n - " + String.join("\n - ", problems)));
        }
    }
}
