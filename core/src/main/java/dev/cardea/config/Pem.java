package dev.cardea.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells PEM (RFC 7468) from other files, whatever is in it. */
final class Pem {
    private static final String BEGIN = "-----BEGIN ";
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----");
    private static final int LONGEST = 4 * 1024 * 1024;

    private Pem() {}

    static boolean isOne(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1).contains(BEGIN);
    }

    /** False too for a file that cannot be read: something else says so. */
    static boolean isOne(Path file) {
        return text(file).contains(BEGIN);
    }

    /** Whether a certificate is announced; whether it is one is another question. */
    static boolean namesCertificate(Path file) {
        return text(file).contains("CERTIFICATE-----");
    }

    /** The certificates alone: a reader of certificates stumbles over keys between them. */
    static byte[] certificates(byte[] content) {
        Matcher block = CERTIFICATE.matcher(new String(content, StandardCharsets.ISO_8859_1));
        StringBuilder certificates = new StringBuilder();
        while (block.find()) {
            certificates.append(block.group()).append('\n');
        }
        return certificates.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(Path file) {
        try {
            return Files.size(file) > LONGEST ? "" : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
