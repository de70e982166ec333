package dev.cardea.handover;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The bean classes of the application, as CDI says when it starts, which it does before the servlet container's initializers
 * run. Static: CDI knows no servlet context then, and the jar belongs to one application. Thread-safe; keeps no class alive.
 */
public final class DeployedBeans {
    private static final Set<Class<?>> ALL = newSet();
    private static final Set<Class<?>> GUARDED = newSet();

    private DeployedBeans() {}

    private static Set<Class<?>> newSet() {
        return Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    }

    /**
     * Called by the CDI half, when the container has made its beans.
     *
     * @param all every bean class
     * @param guarded those in front of which Cardea's interceptor stands
     */
    public static void add(Collection<Class<?>> all, Collection<Class<?>> guarded) {
        ALL.addAll(all);
        GUARDED.addAll(guarded);
    }

    /** Every bean class known now; empty where there is no CDI. */
    public static Set<Class<?>> all() {
        return copy(ALL);
    }

    /** Those in front of which Cardea's interceptor stands. */
    public static Set<Class<?>> guarded() {
        return copy(GUARDED);
    }

    private static Set<Class<?>> copy(Set<Class<?>> classes) {
        synchronized (classes) {
            return new LinkedHashSet<>(classes);
        }
    }
}
