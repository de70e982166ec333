package dev.cardea.handover;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The bean classes in front of which Cardea's interceptor stands, as CDI says when it starts, which it does before the
 * servlet container's initializers run. Static: CDI knows no servlet context then, and the jar belongs to one application.
 * Thread-safe; keeps no class alive.
 */
public final class GuardedBeans {
    private static final Set<Class<?>> CLASSES =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private GuardedBeans() {}

    /** Called by the CDI half, when the container has made its beans. */
    public static void add(Collection<Class<?>> classes) {
        CLASSES.addAll(classes);
    }

    /** Those known now; empty where there is no CDI. */
    public static Set<Class<?>> all() {
        synchronized (CLASSES) {
            return new LinkedHashSet<>(CLASSES);
        }
    }
}
