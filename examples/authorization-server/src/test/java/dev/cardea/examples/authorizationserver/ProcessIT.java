package dev.cardea.examples.authorizationserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** How the process starts and ends, which is what those who start it rely on. */
class ProcessIT {

    @Test
    void takesTheGivenPortOutlivesItsStandardInputUnlessToldAndEndsOnSigterm() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        try (var server = ServerProcess.start("--server.address=127.0.0.1", "--server.port=" + port)) {
            assertThat(server.issuer()).isEqualTo("http://127.0.0.1:" + port);
            server.closeStandardInput();
            assertThat(server.get("/oauth2/jwks").status()).isEqualTo(200);

            server.terminate();

            assertThat(server.exitStatus()).as("128 + SIGTERM").isEqualTo(143);
            assertThat(server.remainingOutput()).isEmpty();
        }
    }

    @Test
    void refusesToListenWhereOthersCouldReachIt() throws Exception {
        try (var server = ServerProcess.launch("--server.port=0", "--server.address=0.0.0.0")) {
            assertThat(server.remainingOutput())
                    .contains("server.address must be 127.0.0.1")
                    .doesNotContain("READY");
            assertThat(server.exitStatus()).isEqualTo(1);
        }
    }
}
