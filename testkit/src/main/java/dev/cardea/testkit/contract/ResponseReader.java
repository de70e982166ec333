package dev.cardea.testkit.contract;

import dev.cardea.testkit.contract.RawResponse.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one HTTP/1.1 response from a connection (RFC 9112 section 6). */
final class ResponseReader {

    private ResponseReader() {}

    /** {@link RawResponse#CLOSED} when the server hangs up before the status line is complete; a timeout is an exception. */
    static RawResponse read(InputStream in, String method) throws IOException {
        try {
            String statusLine = line(in);
            while (statusLine != null && statusLine.startsWith("HTTP/1.1 1")) {
                headers(in);
                statusLine = line(in);
            }
            return statusLine == null ? RawResponse.CLOSED : read(in, method, statusLine);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException reset) {
            return RawResponse.CLOSED;
        }
    }

    private static RawResponse read(InputStream in, String method, String statusLine) throws IOException {
        int status = Integer.parseInt(statusLine.split(" ", 3)[1]);
        RawResponse head = new RawResponse(status, headers(in), new byte[0]);
        if (method.equals("HEAD") || status == 204 || status == 304) {
            return head;
        }
        return new RawResponse(status, head.headers(), body(in, head));
    }

    private static List<Header> headers(InputStream in) throws IOException {
        List<Header> headers = new ArrayList<>();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IllegalStateException("not a header field: " + line);
            }
            headers.add(new Header(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return List.copyOf(headers);
    }

    private static byte[] body(InputStream in, RawResponse head) throws IOException {
        if (!head.all("Transfer-Encoding").isEmpty()) {
            return chunks(in);
        }
        List<String> length = head.all("Content-Length");
        return length.isEmpty() ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length.get(0)));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String size = line(in); size != null; size = line(in)) {
            int length = Integer.parseInt(size.split(";", 2)[0].strip(), 16);
            body.writeBytes(in.readNBytes(length));
            line(in);
            if (length == 0) {
                break;
            }
        }
        return body.toByteArray();
    }

    private static @Nullable String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            line.append((char) c);
        }
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
    }
}
