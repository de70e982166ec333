package dev.cardea.testkit;

import java.util.function.UnaryOperator;

/** One of the three parts of a compact JWS, to be written in a way that only a lenient decoder takes for the same bytes. */
enum Segment {
    HEADER,
    PAYLOAD,
    SIGNATURE;

    /**
     * The token with this segment respelled. Header and payload are signed as they are spelled, because otherwise the
     * signature would refuse what the grammar should.
     */
    String respell(Jws<?> valid, UnaryOperator<String> spelling) {
        String header = Base64Url.encode(valid.header("pad", "??????").headerJson());
        String payload = Base64Url.encode(valid.claim("pad", "??????").claimsJson());
        return switch (this) {
            case HEADER -> valid.signed(spelling.apply(header), payload);
            case PAYLOAD -> valid.signed(header, spelling.apply(payload));
            case SIGNATURE -> {
                String token = valid.build();
                int start = token.lastIndexOf('.') + 1;
                yield token.substring(0, start) + spelling.apply(token.substring(start));
            }
        };
    }

    /** The token whose segment ends in a character with unused bits set (RFC 4648 section 3.5). */
    String nonCanonical(Jws<?> valid) {
        return switch (this) {
            case HEADER -> valid.signed(looseEnd(valid.headerJson()), Base64Url.encode(valid.claimsJson()));
            case PAYLOAD -> valid.signed(Base64Url.encode(valid.headerJson()), looseEnd(valid.claimsJson()));
            case SIGNATURE -> {
                String token = valid.build();
                yield setLastBit(token);
            }
        };
    }

    private static String looseEnd(String json) {
        // Spaces are JSON; one or two of them leave bits over in the last character.
        String padded = json;
        while (Base64Url.encode(padded).length() % 4 == 0) {
            padded += " ";
        }
        return setLastBit(Base64Url.encode(padded));
    }

    static String setLastBit(String text) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = text.length() - 1;
        char loose = alphabet.charAt(alphabet.indexOf(text.charAt(last)) | 1);
        return text.substring(0, last) + loose;
    }

    static String inTheMiddle(String text, String inserted) {
        int middle = text.length() / 2;
        return text.substring(0, middle) + inserted + text.substring(middle);
    }
}
