package dev.cardea.servlet;

import org.jspecify.annotations.Nullable;

/** Classes by name, as the application sees them, without running their initialisers. */
final class ApplicationClasses {
    private ApplicationClasses() {}

    /** The class, or null where the application cannot see it: a container's own servlet, for instance. */
    static @Nullable Class<?> find(@Nullable String name, ClassLoader loader) {
        if (name == null) {
            return null;
        }
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }
}
