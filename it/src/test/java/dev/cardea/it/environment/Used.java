package dev.cardea.it.environment;

import dev.cardea.testkit.contract.RawRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Every secret that was sent to a server, kept in a file for {@code LogsIT}, which looks for them when all is over. */
public final class Used {

    private static final Pattern CREDENTIALS = Pattern.compile(
            "(?:^authorization: |^dpop: |[?&\\n]access_token=)([^\r\n&]*)",
            Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private static final String SECRETS = "used-secrets.txt";
    private static final String CLIENTS = "used-clients.txt";

    private Used() {}

    /** What authenticates at an authorization server: an application under test, or a test that gets tokens. */
    public record Client(String id, String secret) {

        /** As it is in a header. */
        public String basic() {
            return Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
        }

        /** Not its secret. */
        @Override
        public String toString() {
            return id;
        }
    }

    /** One line each: what is sent in a header has no line ends. */
    public static void secret(String secret) {
        append(SECRETS, secret.replaceAll("[\r\n]", ""));
    }

    public static void client(String id, String secret) {
        append(CLIENTS, id + " " + secret);
    }

    private static synchronized void append(String file, String line) {
        if (System.getProperty("arquillian.launch") == null) {
            return;
        }
        try {
            Files.writeString(
                    Server.underTest().directory().resolve(file),
                    line + "\n",
                    StandardCharsets.ISO_8859_1,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whatever a request says in place of credentials or of a proof, and whatever it says is an access token. */
    public static void request(RawRequest request) {
        Matcher credentials = CREDENTIALS.matcher(request.sent());
        while (credentials.find()) {
            secret(credentials.group(1));
        }
    }

    public static List<String> secrets(Server server) {
        return lines(server, SECRETS);
    }

    public static Set<Client> clients(Server server) {
        return lines(server, CLIENTS).stream()
                .map(line -> line.split(" ", 2))
                .map(client -> new Client(client[0], client[1]))
                .collect(Collectors.toSet());
    }

    private static List<String> lines(Server server, String file) {
        try {
            return Files.readAllLines(server.directory().resolve(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
