package dev.cardea.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one HTTP/1.1 request from a connection; enough for well-behaved clients on loopback. */
final class HttpReader {

    private HttpReader() {}

    /** The next request, or null when the client has closed the connection. */
    static @Nullable ReceivedRequest read(InputStream in, @Nullable X509Certificate clientCertificate)
            throws IOException {
        String requestLine = line(in);
        if (requestLine == null) {
            return null;
        }
        String[] parts = requestLine.split(" ", 3);
        if (parts.length != 3) {
            throw new IOException("no request line");
        }
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String field = line(in); field != null && !field.isEmpty(); field = line(in)) {
            int colon = field.indexOf(':');
            if (colon < 0) {
                continue; // what is no field is nobody's business here: the clients that matter are well-behaved
            }
            headers.computeIfAbsent(field.substring(0, colon).toLowerCase(Locale.ROOT), n -> new ArrayList<>())
                    .add(field.substring(colon + 1).strip());
        }
        URI target = URI.create(parts[1]);
        return new ReceivedRequest(
                parts[0], target.getRawPath(), target.getRawQuery(), headers, body(in, headers), clientCertificate);
    }

    private static String body(InputStream in, Map<String, List<String>> headers) throws IOException {
        if (headers.containsKey("transfer-encoding")) {
            return chunks(in);
        }
        int length = Integer.parseInt(
                headers.getOrDefault("content-length", List.of("0")).get(0));
        return text(in, length);
    }

    private static String chunks(InputStream in) throws IOException {
        StringBuilder body = new StringBuilder();
        int size;
        do {
            size = Integer.parseInt(must(line(in)), 16);
            body.append(text(in, size));
            must(line(in));
        } while (size > 0);
        return body.toString();
    }

    private static String text(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("body cut off");
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String must(@Nullable String line) throws IOException {
        if (line == null) {
            throw new EOFException("chunked body cut off");
        }
        return line;
    }

    private static @Nullable String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        if (c < 0) {
            return null;
        }
        for (; c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
    }
}
