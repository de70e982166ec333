package dev.cardea.dpop;

import dev.cardea.file.UnusableFileException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where the secrets of {@link Nonces} come from: a text, a file that may be replaced ({@code WatchedFile} with
 * {@link #inFile} as its reading), or chance. In a text they are separated by white space, the newest first, each of at least
 * {@value #LEAST_CHARACTERS} characters.
 */
public final class NonceSecrets {
    /** What one of random characters out of base64 or hexadecimal needs to have 128 bits. */
    public static final int LEAST_CHARACTERS = 32;

    /** The longest file. */
    public static final int MAX_FILE_BYTES = 64 * 1024;

    private static final int RANDOM_BYTES = 32;

    private NonceSecrets() {}

    /**
     * Those in {@code text}.
     *
     * @throws UnusableFileException if there is none, or one that is too short; says which, and nothing of the text
     */
    public static List<byte[]> inText(String text) throws UnusableFileException {
        if (text.isBlank()) {
            throw new UnusableFileException("has no secret");
        }
        String[] secrets = text.strip().split("\\s+", -1);
        if (Arrays.stream(secrets).anyMatch(secret -> secret.length() < LEAST_CHARACTERS)) {
            throw new UnusableFileException("has a secret of fewer than " + LEAST_CHARACTERS + " characters");
        }
        return Arrays.stream(secrets)
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /**
     * Those in a file of this content, read as {@link #inText}.
     *
     * @throws UnusableFileException if it is not UTF-8, or as there
     */
    public static List<byte[]> inFile(byte[] content) throws UnusableFileException {
        try {
            return inText(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new UnusableFileException("is not UTF-8 text");
        }
    }

    /** One that nobody else has: its nonces are good in this process alone, and until it ends. */
    public static Supplier<List<byte[]>> random() {
        byte[] secret = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(secret);
        List<byte[]> only = List.of(secret);
        return () -> only;
    }
}
