package dev.cardea.it.environment;

import dev.cardea.testkit.contract.RawRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every secret that was sent to a server, kept in a file for {@code LogsIT}, which looks for them when all is over. */
public final class Used {

    private static final Pattern CREDENTIALS = Pattern.compile(
            "(?:^authorization: |[?&\\n]access_token=)([^\r\n&]*)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

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

    /** Whatever a request says in place of credentials, and whatever it says is an access token. */
    public static void request(RawRequest request) {
        Matcher credentials = CREDENTIALS.matcher(request.sent());
        while (credentials.find()) {
            secret(credentials.group(1));
        }
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
