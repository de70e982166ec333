package dev.cardea.config;

import dev.cardea.file.UnusableFileException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A secret string that does not show itself: only {@link #reveal()} gives it away. Immutable. */
public final class Secret {
    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /**
     * The text of a file, without one line end at its end: editors and {@code kubectl} disagree about it.
     *
     * @throws UnusableFileException if that is nothing, or not UTF-8
     */
    public static Secret ofFile(byte[] content) throws UnusableFileException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString()
                    .replaceFirst("\\r?\\n\\z", "");
            if (text.isEmpty()) {
                throw new UnusableFileException("is empty");
            }
            return new Secret(text);
        } catch (CharacterCodingException e) {
            throw new UnusableFileException("is not UTF-8 text");
        }
    }

    /** The secret, for the one call that sends it. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "secret";
    }
}
