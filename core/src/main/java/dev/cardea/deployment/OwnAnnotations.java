package dev.cardea.deployment;

import dev.cardea.RequiresScope;
import dev.cardea.RequiresSenderConstrainedToken;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Set;
import java.util.TreeSet;

/** The annotations that are Cardea's own: they are meant for nobody else, so each has to work where it stands. */
final class OwnAnnotations {
    private static final Set<String> NAMES = Set.of("@RequiresScope", "@RequiresSenderConstrainedToken");

    private OwnAnnotations() {}

    /** Both spellings of those that can be repeated: one stands alone, several stand in the container that the compiler makes. */
    static boolean isOne(Annotation annotation) {
        return annotation instanceof RequiresScope
                || annotation instanceof RequiresScope.List
                || annotation instanceof RequiresSenderConstrainedToken;
    }

    /** Whether it is the name of one, as it is written. */
    static boolean isName(String name) {
        return NAMES.contains(name);
    }

    /** Those of an element, as they are written; sorted. */
    static Set<String> on(AnnotatedElement element) {
        Set<String> names = new TreeSet<>();
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            if (isOne(annotation)) {
                names.add(
                        annotation instanceof RequiresSenderConstrainedToken
                                ? "@RequiresSenderConstrainedToken"
                                : "@RequiresScope");
            }
        }
        return names;
    }
}
