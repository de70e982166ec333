package dev.cardea.route;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every path rule, the most specific one first: by its path, then one that names methods before one that does not.
 * Immutable and thread-safe.
 */
public final class Routes {
    private static final Comparator<Route> MOST_SPECIFIC_FIRST = Comparator.comparing(Route::path)
            .thenComparing(route -> route.methods().isEmpty())
            .thenComparing(Route::name);

    private final List<Route> deciding;
    private final List<Route> reporting;

    /**
     * What was found for a request.
     *
     * @param rules the rules that hold, all of them; usually one or none
     * @param trials those that only report
     * @param ambiguous whether readings of the path lead to different rules, so that nobody can tell
     */
    public record Found(List<Route> rules, List<Route> trials, boolean ambiguous) {}

    /** @throws IllegalArgumentException if two rules have the same path and methods, since neither is the first */
    public Routes(Collection<Route> routes) {
        List<Route> sorted = routes.stream().sorted(MOST_SPECIFIC_FIRST).toList();
        for (Route one : sorted) {
            for (Route other : sorted) {
                if (!one.name().equals(other.name()) && one.contradicts(other)) {
                    throw new IllegalArgumentException(
                            "the path rules " + one.name() + " and " + other.name() + " are for the same requests to "
                                    + one.path() + ": remove one, or tell them apart by cardea.routes." + one.name()
                                    + ".methods");
                }
            }
        }
        this.deciding = sorted.stream().filter(route -> !route.reportOnly()).toList();
        this.reporting = sorted.stream().filter(Route::reportOnly).toList();
    }

    /** Whether there is no rule at all. */
    public boolean isEmpty() {
        return deciding.isEmpty() && reporting.isEmpty();
    }

    /** Every rule, the deciding ones first. */
    public List<Route> all() {
        List<Route> all = new ArrayList<>(deciding);
        all.addAll(reporting);
        return all;
    }

    /**
     * The rule that holds for a request.
     *
     * @param rawPath the path as it was sent, without query
     * @param matchedPath the path that the container matched, decoded by it, or empty if that is not known. It may be
     *     another one (a welcome file); then the rule of that path holds as well
     */
    public Found of(String method, String rawPath, String matchedPath) {
        Set<String> readings = PathReadings.of(rawPath);
        Route rule = first(deciding, method, readings.iterator().next());
        Route trial = first(reporting, method, readings.iterator().next());
        boolean ambiguous = false;
        if (readings.size() > 1) {
            for (String reading : readings) {
                ambiguous |= !Objects.equals(rule, first(deciding, method, reading))
                        || (!deciding.isEmpty() && reading.equals(PathReadings.UNDECODABLE));
                trial = trial == null ? first(reporting, method, reading) : trial;
            }
        }
        Route alsoMatched =
                matchedPath.isEmpty() || matchedPath.equals(rawPath) ? rule : first(deciding, method, matchedPath);
        return new Found(both(rule, alsoMatched), trial == null ? List.of() : List.of(trial), ambiguous);
    }

    /** The rules of several paths together, for a dispatch that names a servlet and no path. */
    public Found ofAll(String method, Collection<String> paths) {
        List<Route> rules = new ArrayList<>();
        for (String path : paths) {
            Route rule = first(deciding, method, path);
            if (rule != null && !rules.contains(rule)) {
                rules.add(rule);
            }
        }
        return new Found(List.copyOf(rules), List.of(), false);
    }

    private static @Nullable Route first(List<Route> routes, String method, String path) {
        for (Route route : routes) {
            if (route.path().matches(path) && route.isFor(method)) {
                return route;
            }
        }
        return null;
    }

    private static List<Route> both(@Nullable Route one, @Nullable Route other) {
        if (one == null || one.equals(other)) {
            return other == null ? List.of() : List.of(other);
        }
        return other == null ? List.of(one) : List.of(one, other);
    }
}
