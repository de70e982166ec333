package dev.cardea.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Puts {@link Answer}s on a connection, at the pace and with the ending they ask for. */
final class AnswerWriter {

    private final Socket socket;
    private final CountDownLatch closing;

    /** Every wait ends when {@code closing} is counted down. */
    AnswerWriter(Socket socket, CountDownLatch closing) {
        this.socket = socket;
        this.closing = closing;
    }

    /** Whether the connection can take another request. */
    boolean write(Answer answer, String method) throws IOException {
        pause(answer.delay());
        switch (answer.ending()) {
            case COMPLETE -> {
                head(answer);
                body(answer, method.equals("HEAD") ? 0 : answer.body().length);
                return true;
            }
            case CUT_OFF -> {
                head(answer);
                body(answer, answer.body().length / 2);
            }
            case NOT_HTTP -> body(answer, answer.body().length);
            case RESET -> socket.setSoLinger(true, 0);
            case HANGING -> pause(Duration.ofDays(1));
            case CLOSED -> {}
        }
        return false;
    }

    private void head(Answer answer) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " Whatever\r\n");
        for (Map.Entry<String, String> header : answer.headers().entrySet()) {
            head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        if (!answer.headers().containsKey("Content-Length")) {
            head.append("Content-Length: ").append(answer.body().length).append("\r\n");
        }
        send(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private void body(Answer answer, int length) throws IOException {
        byte[] bytes = answer.body();
        if (answer.perByte().isZero()) {
            send(Arrays.copyOf(bytes, length));
            return;
        }
        for (int i = 0; i < length && closing.getCount() > 0; i++) {
            send(new byte[] {bytes[i]});
            pause(answer.perByte());
        }
    }

    private void send(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    private void pause(Duration duration) throws IOException {
        try {
            if (!duration.isZero() && closing.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("server closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("server interrupted", e);
        }
    }
}
