package dev.cardea;

import dev.cardea.demand.NonceUse;
import dev.cardea.demand.SenderConstraint;
import dev.cardea.route.Route;
import dev.cardea.route.Routes;
import dev.cardea.route.Routes.Found;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the {@link PathRule} of a request; the same instance for the same rule, so that what it combines is kept. */
final class PathRules {
    private final Routes routes;
    private final Map<Route, PathRule> alone = new HashMap<>();

    PathRules(Routes routes) {
        this.routes = routes;
        routes.all().forEach(route -> alone.put(route, PathRule.of(new Found(List.of(route), List.of(), false))));
    }

    PathRule of(ProtectedRequest request) {
        return routes.isEmpty()
                ? PathRule.NONE
                : of(routes.of(request.method(), request.path(), request.matchedPath()));
    }

    boolean isEmpty() {
        return routes.isEmpty();
    }

    PathRule ofAll(String method, Collection<String> paths) {
        return of(routes.ofAll(method, paths));
    }

    private PathRule of(Found found) {
        if (found.ambiguous() || !found.trials().isEmpty() || found.rules().size() > 1) {
            return PathRule.of(found);
        }
        @Nullable
        PathRule known =
                found.rules().isEmpty() ? null : alone.get(found.rules().get(0));
        return known == null ? PathRule.NONE : known;
    }

    Map<String, String> paths() {
        Map<String, String> paths = new TreeMap<>();
        routes.all().forEach(route -> paths.put(route.name(), route.path().toString()));
        return paths;
    }

    /** A line for each rule, the most specific first. */
    List<String> inWords() {
        return routes.all().stream()
                .map(route -> "path rule " + route.name() + ": "
                        + (route.methods().isEmpty() ? "" : String.join(",", new TreeSet<>(route.methods())) + " ")
                        + route.path() + "  "
                        + inWords(route)
                        + (route.demand().isNone() ? "" : ", " + route.demand().inWords())
                        + (route.tokenCookie() ? ", the token may come in a cookie" : "")
                        + (route.reportOnly() ? ", reports only" : ""))
                .toList();
    }

    private static String inWords(Route route) {
        SenderConstraint sender = route.sender();
        NonceUse nonce = route.nonce();
        return (sender == null ? route.requirement() : route.requirement().withSender(sender)).inWords()
                + (nonce == NonceUse.REQUIRED ? ", proofs with a nonce" : "");
    }
}
