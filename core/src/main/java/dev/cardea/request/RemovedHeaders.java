package dev.cardea.request;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Request headers that the application does not get to see: what a proxy used to say about the user, and now anybody could
 * (RFC 9700 4.13). Upper and lower case are the same, and so are dash and underscore, which some servers make of one
 * another. Immutable and thread-safe.
 */
public final class RemovedHeaders {
    private final Set<String> names;

    public RemovedHeaders(Collection<String> names) {
        Set<String> normalized = new HashSet<>();
        names.forEach(name -> normalized.add(normalized(name)));
        this.names = Set.copyOf(normalized);
    }

    public boolean isEmpty() {
        return names.isEmpty();
    }

    public boolean contain(String name) {
        return names.contains(normalized(name));
    }

    private static String normalized(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
