package dev.cardea.jaxrs;

import dev.cardea.Answer;
import dev.cardea.Decision;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Turns refusals into JAX-RS responses. */
final class Refusals {
    private Refusals() {}

    /** Hands the answer to {@code abort} if the decision is a refusal; says whether it was. */
    static boolean ifRefused(Decision decision, Consumer<Response> abort) {
        return decision.fold(caller -> false, answer -> {
            abort.accept(response(answer));
            return true;
        });
    }

    private static Response response(Answer answer) {
        Response.ResponseBuilder builder = Response.status(answer.status());
        answer.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        String body = answer.body();
        if (body != null) {
            // Bytes: to text, an implementation may add a charset that the type does not have.
            builder.type(Answer.PROBLEM_JSON).entity(body.getBytes(StandardCharsets.US_ASCII));
        }
        return builder.build();
    }
}
