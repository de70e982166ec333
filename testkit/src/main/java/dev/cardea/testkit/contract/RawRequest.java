package dev.cardea.testkit.contract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A request to be sent as written. Immutable. Text becomes ISO 8859-1 bytes, so that any byte can be put anywhere. */
public final class RawRequest {

    private final RawHttp client;
    private final String method;
    private final String target;
    private final List<String> lines;
    private final byte[] body;

    RawRequest(RawHttp client, String method, String target, List<String> lines, byte[] body) {
        this.client = client;
        this.method = method;
        this.target = target;
        this.lines = List.copyOf(lines);
        this.body = body;
    }

    /** Adds a field; one of the same name stays. */
    public RawRequest header(String name, String value) {
        return line(name + ": " + value);
    }

    /** Adds a line to the head, whatever it is. */
    public RawRequest line(String line) {
        List<String> more = new ArrayList<>(lines);
        more.add(line);
        return new RawRequest(client, method, target, more, body);
    }

    /** Leaves out every field of this name, which is compared ignoring case; {@code Host} for example, which is there at first. */
    public RawRequest without(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        List<String> fewer = lines.stream()
                .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith(start))
                .toList();
        return new RawRequest(client, method, target, fewer, body);
    }

    public RawRequest bearer(String token) {
        return header("Authorization", "Bearer " + token);
    }

    /** A bound token and the proof that it is the sender's (RFC 9449 section 7.1). */
    public RawRequest dpop(String token, String proof) {
        return header("Authorization", "DPoP " + token).header("DPoP", proof);
    }

    public RawRequest body(String contentType, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        RawRequest typed = header("Content-Type", contentType).header("Content-Length", "" + bytes.length);
        return new RawRequest(client, method, target, typed.lines, bytes);
    }

    public RawResponse send() throws IOException {
        return client.send(this);
    }

    /** Head and body as they are sent, credentials and all. */
    public String sent() {
        return new String(bytes(), StandardCharsets.ISO_8859_1);
    }

    String method() {
        return method;
    }

    byte[] bytes() {
        String head = method + " " + target + " HTTP/1.1\r\n" + String.join("\r\n", lines) + "\r\n\r\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    /** Not the credentials in it. */
    @Override
    public String toString() {
        return method + " " + target;
    }
}
