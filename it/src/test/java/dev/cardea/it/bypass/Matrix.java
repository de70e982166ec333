package dev.cardea.it.bypass;

import dev.cardea.testkit.contract.RawHttp;
import dev.cardea.testkit.contract.RawRequest;
import dev.cardea.testkit.contract.RawResponse;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

/** Attempts, sent to one server with three tokens: first to all that must be refused, then to see which mean anything. */
public final class Matrix {

    private static final int CLIENTS = 8;

    private final RawHttp http;
    private final List<Outcome> outcomes;
    private final String reachedByRefused;

    private Matrix(RawHttp http, List<Outcome> outcomes, String reachedByRefused) {
        this.http = http;
        this.outcomes = outcomes;
        this.reachedByRefused = reachedByRefused;
    }

    /**
     * Plays it.
     *
     * @param server scheme, host and port of a server that nobody else talks to
     */
    public static Matrix on(URI server, List<Attempt> attempts, String insufficientToken, String sufficientToken)
            throws Exception {
        RawHttp http = RawHttp.to(server);
        String before = report(http);
        List<RawResponse> anonymous = answers(attempts, request -> request);
        List<RawResponse> insufficient = answers(attempts, request -> request.bearer(insufficientToken));
        String after = report(http);
        List<RawResponse> sufficient = answers(attempts, request -> request.bearer(sufficientToken));
        Matrix matrix = new Matrix(http, new ArrayList<>(), after.equals(before) ? "" : before + "->\n" + after);
        for (int i = 0; i < attempts.size(); i++) {
            Attempt attempt = attempts.get(i);
            boolean reached = matrix.isReached(attempt, sufficient.get(i), sufficientToken);
            matrix.outcomes.add(
                    new Outcome(attempt, anonymous.get(i), insufficient.get(i), sufficient.get(i), reached));
        }
        return matrix;
    }

    public List<Outcome> outcomes() {
        return List.copyOf(outcomes);
    }

    /** Which resources ran for requests that must be refused, whether or not anybody saw it; empty if none. */
    public String reachedByRefused() {
        return reachedByRefused;
    }

    /** How many attempts of each kind reached each shape. */
    public String table() {
        StringBuilder table = new StringBuilder(String.format("%-16s", "reached"));
        for (Attempt.Kind kind : Attempt.Kind.values()) {
            table.append(String.format("%10s", kind));
        }
        for (Shape shape :
                outcomes.stream().map(o -> o.attempt().shape()).distinct().toList()) {
            Map<Attempt.Kind, Integer> counts = new EnumMap<>(Attempt.Kind.class);
            outcomes.stream()
                    .filter(outcome -> outcome.reached() && outcome.attempt().shape() == shape)
                    .forEach(outcome -> counts.merge(outcome.attempt().kind(), 1, Integer::sum));
            table.append(String.format("%n%-16s", shape));
            for (Attempt.Kind kind : Attempt.Kind.values()) {
                table.append(String.format("%10d", counts.getOrDefault(kind, 0)));
            }
        }
        return table.toString();
    }

    /** By its marker, or where no marker can be seen by the report before and after, with nobody else asking meanwhile. */
    private boolean isReached(Attempt attempt, RawResponse sufficient, String token) throws IOException {
        if (sufficient.status() < 200 || sufficient.status() > 299 || !attempt.hidesTheMarker()) {
            return sufficient.toString().contains(Outcome.MARKER);
        }
        String before = report(http);
        attempt.request().bearer(token).send();
        return !report(http).equals(before);
    }

    private static String report(RawHttp http) throws IOException {
        RawResponse report = http.get(Shape.CONTEXT + "/public/reached").send();
        if (report.status() != 200) {
            throw new IllegalStateException("no report: " + report);
        }
        return report.body();
    }

    private static List<RawResponse> answers(List<Attempt> attempts, UnaryOperator<RawRequest> authorized)
            throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<RawResponse>> pending = new ArrayList<>();
            for (Attempt attempt : attempts) {
                pending.add(
                        clients.submit(() -> authorized.apply(attempt.request()).send()));
            }
            List<RawResponse> answers = new ArrayList<>();
            for (Future<RawResponse> answer : pending) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            clients.shutdownNow();
        }
    }
}
