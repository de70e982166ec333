package dev.cardea.declaration;

import java.util.LinkedHashSet;
import java.util.Set;

/** A class, its superclasses without {@code Object}, and every interface of any of them. */
final class TypeHierarchy {
    private TypeHierarchy() {}

    static Set<Class<?>> of(Class<?> type) {
        Set<Class<?>> types = new LinkedHashSet<>();
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            types.add(c);
        }
        for (Class<?> c : types.toArray(Class<?>[]::new)) {
            addInterfaces(c, types);
        }
        return types;
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> types) {
        for (Class<?> each : type.getInterfaces()) {
            if (types.add(each)) {
                addInterfaces(each, types);
            }
        }
    }
}
