package dev.cardea.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells PEM (RFC 7468) from other files, whatever is in it. */
final class Pem {
    private static final String BEGIN = "-----BEGIN ";
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

    private static String text(Path file) {
        try {
            return Files.size(file) > LONGEST ? "" : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
