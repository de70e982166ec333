package dev.cardea.cdi;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds {@link CallGuard} to a method. Put there by {@link AnnotationValidation} and by nobody else: the annotations that
 * people write are no interceptor bindings, and may stand where CDI does not look, on an interface for instance.
 */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Guarded {

    /** The annotation itself, which has no members. */
    final class Literal extends AnnotationLiteral<Guarded> implements Guarded {
        static final Literal INSTANCE = new Literal();

        private static final long serialVersionUID = 1;
    }
}
