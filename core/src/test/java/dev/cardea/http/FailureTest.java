package dev.cardea.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the JDK's client throws of a connection that had died: seen, each of them, on a busy machine. */
class FailureTest {
    static Stream<Throwable> deaths() {
        return Stream.of(
                new IOException("Broken pipe"),
                new IOException("Connection reset by peer"),
                new IOException("HTTP/1.1 header parser received no bytes", new EOFException("EOF reached")),
                new IOException("HTTP/1.1 header parser received no bytes", new IOException("Broken pipe")),
                new ExecutionException(
                        new IOException("HTTP/1.1 header parser received no bytes", new IOException("Broken pipe"))));
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void aConnectionThatDiedBeforeAnyAnswerIsRecognised(Throwable death) {
        assertThat(new Failure(death, false).beforeAnyAnswer()).isTrue();
        assertThat(new Failure(death, true).beforeAnyAnswer())
                .as("with an answer begun")
                .isFalse();
    }

    @Test
    void everythingElseIsNot() {
        assertThat(new Failure(new IOException("something else"), false).beforeAnyAnswer())
                .isFalse();
        assertThat(new Failure(new ConnectException("Connection reset"), false).beforeAnyAnswer())
                .isFalse();
        assertThat(new Failure(
                                new IOException(
                                        "parsing HTTP/1.1 status line, receiving [HTTP/1.1 2]",
                                        new IOException("Broken pipe")),
                                false)
                        .beforeAnyAnswer())
                .isFalse();
    }
}
