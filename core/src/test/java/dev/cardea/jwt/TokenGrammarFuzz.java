package dev.cardea.jwt;

import dev.cardea.fuzz.Oracle;
import dev.cardea.reject.RejectedException;
import dev.cardea.request.Credentials;
import dev.cardea.request.CredentialsExtractor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Whatever stands behind {@code Bearer}: it is refused in one of the ways there are, or taken apart, and then it has one
 * spelling only. A fuzz target; {@code docs/how-to/fuzzing.md} says how it runs.
 */
public final class TokenGrammarFuzz {
    private static final int MAX_LENGTH = 8192;
    private static final CredentialsExtractor EXTRACTOR = new CredentialsExtractor(MAX_LENGTH, null);
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private TokenGrammarFuzz() {}

    /**
     * An input that begins with {@code e} is three parts with zero bytes between them, which are encoded first: bytes
     * that happen to be base64url of JSON are rare. Any other is the credentials as they stand.
     */
    public static void fuzzerTestOneInput(byte[] input) {
        String text =
                input.length > 0 && input[0] == 'e' ? encoded(input) : new String(input, StandardCharsets.ISO_8859_1);
        try {
            Credentials credentials = EXTRACTOR.extract(List.of("Bearer " + text), null);
            if (credentials instanceof Credentials.Presented presented) {
                boolean jwt = CompactJwt.isJwt(presented.token());
                CompactJwt parsed = CompactJwt.parse(presented.token());
                Oracle.require(jwt, "what parses is a JWT");
                requireOneSpelling(presented.token().text(), parsed);
            }
        } catch (RejectedException e) {
            Oracle.requireClean(e, text);
        }
    }

    private static void requireOneSpelling(String token, CompactJwt parsed) {
        String[] segments = token.split("\\.", -1);
        Oracle.require(segments.length == 3, "three segments");
        for (String segment : segments) {
            byte[] decoded = Base64.getUrlDecoder().decode(segment);
            Oracle.require(ENCODER.encodeToString(decoded).equals(segment), "a canonical segment");
        }
        String again = new String(parsed.signingInput(), StandardCharsets.US_ASCII)
                + '.'
                + ENCODER.encodeToString(parsed.signature());
        Oracle.require(again.equals(token), "the same text again");
        Oracle.require(parsed.keyId() == null || parsed.keyId().length() <= 256, "a short kid");
        Oracle.require(parsed.toString().length() < 40, "nothing of the token");
    }

    private static String encoded(byte[] input) {
        StringBuilder text = new StringBuilder();
        int start = 1;
        for (int i = 1; i <= input.length; i++) {
            if (i == input.length || input[i] == 0) {
                text.append(text.length() == 0 ? "" : ".");
                text.append(ENCODER.encodeToString(Arrays.copyOfRange(input, start, i)));
                start = i + 1;
            }
        }
        return text.toString();
    }
}
