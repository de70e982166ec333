package dev.cardea.deployment;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** What an operator reads once, when the application starts: a line for each endpoint, sorted, in columns. */
public final class EndpointReport {
    private static final int LONGEST_METHOD = 7;

    private static final Comparator<KnownEndpoint> BY_PATH = Comparator.comparing(
                    (KnownEndpoint each) -> !each.hasPath())
            .thenComparing(KnownEndpoint::path)
            .thenComparing(KnownEndpoint::method)
            .thenComparing(KnownEndpoint::name);

    private EndpointReport() {}

    /**
     * The lines.
     *
     * @param requirement what has to be met, in words
     */
    public static List<String> lines(Collection<KnownEndpoint> endpoints, Function<KnownEndpoint, String> requirement) {
        int widest =
                endpoints.stream().mapToInt(each -> each.path().length()).max().orElse(0);
        return endpoints.stream()
                .sorted(BY_PATH)
                .map(each -> pad(each.method(), LONGEST_METHOD) + ' ' + pad(each.path(), widest) + "  "
                        + requirement.apply(each) + "  [" + each.name() + ']')
                .distinct()
                .toList();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
