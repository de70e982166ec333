package dev.cardea.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an endpoint answers, and how: at once or slowly, whole or not at all. Immutable. The body's length is announced
 * unless a header of that name says otherwise.
 */
public record Answer(
        int status, Map<String, String> headers, byte[] body, Duration delay, Duration perByte, Ending ending) {

    /** How the answer ends. */
    public enum Ending {
        /** Complete; the connection is kept. */
        COMPLETE,
        /** Half of the announced body, then the connection is closed. */
        CUT_OFF,
        /** No byte; the connection is closed in order. */
        CLOSED,
        /** No byte; the connection is reset. */
        RESET,
        /** No byte, and the connection stays open until the server is closed. */
        HANGING,
        /** The body alone, without status line and headers; the connection is closed. */
        NOT_HTTP
    }

    public Answer {
        headers = Map.copyOf(headers);
        body = body.clone();
    }

    /** Status 200, {@code application/json}. */
    public static Answer json(String body) {
        return of(200, "application/json", body);
    }

    public static Answer of(int status, String contentType, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Answer(
                status, Map.of("Content-Type", contentType), bytes, Duration.ZERO, Duration.ZERO, Ending.COMPLETE);
    }

    public Answer withStatus(int other) {
        return new Answer(other, headers, body, delay, perByte, ending);
    }

    public Answer withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, body, delay, perByte, ending);
    }

    public Answer withBody(String other) {
        return new Answer(status, headers, other.getBytes(StandardCharsets.UTF_8), delay, perByte, ending);
    }

    /** The status line waits so long. */
    public Answer after(Duration wait) {
        return new Answer(status, headers, body, wait, perByte, ending);
    }

    /** The head at once, then one byte of the body per interval. */
    public Answer dripping(Duration interval) {
        return new Answer(status, headers, body, delay, interval, ending);
    }

    public Answer ending(Ending other) {
        return new Answer(status, headers, body, delay, perByte, other);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Answer[" + status + ", " + body.length + " bytes, " + ending + "]";
    }
}
