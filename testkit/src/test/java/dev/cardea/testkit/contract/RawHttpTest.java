package dev.cardea.testkit.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RawHttpTest {

    @Test
    void sendsEveryByteAsWritten() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> received = CompletableFuture.supplyAsync(() -> answerOnce(listener));
            RawHttp http = RawHttp.to(URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/orders/"));

            RawResponse response = http.get("/api")
                    .header("Authorization", "Bearer\ta\u00ff\u0001")
                    .header("Authorization", "second")
                    .line("no field at all")
                    .send();

            assertThat(received.get())
                    .startsWith("GET /orders/api HTTP/1.1\r\nHost: 127.0.0.1:" + listener.getLocalPort() + "\r\n")
                    .contains(
                            "\r\nAuthorization: Bearer\ta\u00ff\u0001\r\nAuthorization: second\r\nno field at all\r\n");
            assertThat(response.status()).isEqualTo(204);
        }
    }

    @Test
    void keepsRepeatedFieldsApartAndDecodesChunks() throws Exception {
        RawResponse response = read(
                "GET",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 401 No\r\nWWW-Authenticate: A\r\n"
                        + "www-authenticate: B\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.all("WWW-Authenticate")).containsExactly("A", "B");
        assertThat(response.body()).isEqualTo("abcde");
    }

    @Test
    void readsABodyByLengthToTheEndOrNotAtAll() throws Exception {
        assertThat(read("GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabc")
                        .body())
                .isEqualTo("ab");
        assertThat(read("GET", "HTTP/1.1 200 OK\r\n\r\nabc").body()).isEqualTo("abc");
        assertThat(read("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n").body())
                .isEmpty();
    }

    @Test
    void aClosedConnectionIsAnAnswerOfItsOwn() throws Exception {
        assertThat(read("GET", "").closed()).isTrue();
        assertThat(read("GET", "HTTP/1.1 20").closed()).isTrue();
        assertThat(read("GET", "HTTP/1.1 200 OK\r\n\r\n").closed()).isFalse();
    }

    private static RawResponse read(String method, String text) throws IOException {
        return ResponseReader.read(new ByteArrayInputStream(text.getBytes(ISO_8859_1)), method);
    }

    private static String answerOnce(ServerSocket listener) {
        try (Socket socket = listener.accept()) {
            StringBuilder head = new StringBuilder();
            InputStream in = socket.getInputStream();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            socket.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(ISO_8859_1));
            return head.toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
