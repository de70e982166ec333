package dev.cardea.servlet;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response with fields that the application cannot take back (RFC 9449 8.2, RFC 9440 2.4): what it says of {@code Vary} adds to ours, what
 * it says of any other of these fields does not count.
 */
final class NotedResponse extends HttpServletResponseWrapper {
    private static final String VARY = "Vary";

    private final Map<String, String> notes;

    /** @param notes the fields by name, which are set at once */
    NotedResponse(HttpServletResponse response, Map<String, String> notes) {
        super(response);
        this.notes = notes;
        write();
    }

    private void write() {
        notes.forEach(this::write);
    }

    private void write(String name, String value) {
        if (name.equals(VARY)) {
            super.addHeader(name, value);
        } else {
            super.setHeader(name, value);
        }
    }

    private boolean isOurs(String name) {
        return !name.equalsIgnoreCase(VARY) && notes.keySet().stream().anyMatch(name::equalsIgnoreCase);
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (isOurs(name)) {
            return;
        }
        super.setHeader(name, value);
        String vary = notes.get(VARY);
        if (vary != null && name.equalsIgnoreCase(VARY)) {
            super.addHeader(VARY, vary);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (!isOurs(name)) {
            super.addHeader(name, value);
        }
    }

    @Override
    public void reset() {
        super.reset();
        write();
    }
}
