package dev.cardea.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Base64url without padding, the one spelling that RFC 7515 section 2 knows. */
final class Base64Url {

    private Base64Url() {}

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
