package dev.cardea.it.environment;

import dev.cardea.testkit.contract.RawRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Every secret that was sent to a server, kept in a file for {@code LogsIT}, which looks for them when all is over. */
public final class Used {

    private Used() {}

    /** One line each: what is sent in a header has no line ends. */
    public static synchronized void secret(String secret) {
        if (System.getProperty("arquillian.launch") == null) {
            return;
        }
        try {
            Files.writeString(
                    file(Server.underTest()),
                    secret.replaceAll("[\r\n]", "") + "\n",
                    StandardCharsets.ISO_8859_1,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whatever a request says in place of credentials. */
    public static void request(RawRequest request) {
        request.all("Authorization").forEach(Used::secret);
    }

    public static List<String> secrets(Server server) {
        try {
            return Files.readAllLines(file(server), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(Server server) {
        return server.directory().resolve("used-secrets.txt");
    }
}
