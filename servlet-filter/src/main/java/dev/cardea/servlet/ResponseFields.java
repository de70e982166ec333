package dev.cardea.servlet;

import dev.cardea.AnswerFields;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.List;

/** The header fields of a servlet's response. */
record ResponseFields(HttpServletResponse response) implements AnswerFields {
    @Override
    public List<String> all(String name) {
        Collection<String> fields = response.getHeaders(name);
        return fields == null ? List.of() : List.copyOf(fields);
    }

    @Override
    public void set(String name, String value) {
        response.setHeader(name, value);
    }
}
