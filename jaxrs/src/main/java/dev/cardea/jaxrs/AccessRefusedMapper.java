package dev.cardea.jaxrs;

import dev.cardea.AccessRefusedException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** Answers for a bean that a resource method may not call on behalf of its caller, as a refused resource method answers. */
public final class AccessRefusedMapper implements ExceptionMapper<AccessRefusedException> {
    @Override
    public Response toResponse(AccessRefusedException refused) {
        return Refusals.response(refused.answer());
    }
}
