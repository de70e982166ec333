package dev.cardea.jaxrs;

import dev.cardea.Answer;
import dev.cardea.Decision;
import dev.cardea.handover.Handover;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;

/** Turns refusals into JAX-RS responses. */
final class Refusals {
    private Refusals() {}

    /** Ends the request with the answer if the decision is a refusal; says whether it was. */
    static boolean ifRefused(Decision decision, ContainerRequestContext request) {
        return decision.fold(caller -> false, answer -> {
            request.setProperty(Handover.REFUSED, answer); // within an include, status and headers are lost
            request.abortWith(response(answer));
            return true;
        });
    }

    static Response response(Answer answer) {
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
