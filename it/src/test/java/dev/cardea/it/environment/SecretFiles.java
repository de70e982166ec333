package dev.cardea.it.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files with secrets that an application under test is configured with. Each secret is looked for in the logs afterwards. */
public final class SecretFiles {

    private static final Pattern PRIVATE = Pattern.compile("\"(?:d|p|q)\":\"([^\"]{20,})\"");

    private SecretFiles() {}

    /** @param content a private JWK */
    public static Path key(String name, String content) {
        Matcher secret = PRIVATE.matcher(content);
        while (secret.find()) {
            Used.secret(secret.group(1));
        }
        try {
            Path folder = Files.createDirectories(Server.underTest().directory().resolve("secret-files"));
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
