package dev.cardea.jaxrs;

import dev.cardea.AnswerFields;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Objects;

/** The header fields of a JAX-RS response, which are not yet those of the servlet's. */
record ResponseFields(MultivaluedMap<String, Object> headers) implements AnswerFields {
    @Override
    public List<String> all(String name) {
        return headers.entrySet().stream()
                .filter(field -> field.getKey().equalsIgnoreCase(name))
                .flatMap(field -> field.getValue().stream())
                .filter(Objects::nonNull)
                .map(Object::toString)
                .toList();
    }

    @Override
    public void set(String name, String value) {
        headers.keySet().removeIf(name::equalsIgnoreCase);
        headers.putSingle(name, value);
    }
}
