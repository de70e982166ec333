package dev.cardea.testkit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The ways in which {@link TokenFault}s are made from the valid token; what a JOSE library refuses to write is written by hand. */
final class Breaks {

    private Breaks() {}

    interface Break extends Function<AccessTokens, String> {}

    static Break claim(String name, @Nullable Object value) {
        return valid -> valid.claim(name, value).build();
    }

    static Break literal(String claim, String json) {
        return claim(claim, new Json.Literal(json));
    }

    static Break copied(String claim, Function<String, @Nullable Object> change) {
        return valid -> valid.claim(
                        claim, change.apply(String.valueOf(valid.claims().get(claim))))
                .build();
    }

    /** The claim at {@code seconds} from the time of issue. */
    static Break seconds(String claim, long seconds) {
        return valid -> valid.claim(claim, valid.issuedAt() + seconds).build();
    }

    static Break missing(String claim) {
        return valid -> valid.without(claim).build();
    }

    static Break header(String name, @Nullable Object value) {
        return valid -> valid.header(name, value).build();
    }

    static Break missingHeader(String name) {
        return valid -> valid.withoutHeader(name).build();
    }

    /** A member written a second time, first. The second, right one is what most parsers keep. */
    static Break duplicateClaim(String member) {
        return valid -> valid.compact(
                valid.headerJson(), "{" + member + "," + valid.claimsJson().substring(1));
    }

    static Break duplicateHeader(String member) {
        return valid -> valid.compact("{" + member + "," + valid.headerJson().substring(1), valid.claimsJson());
    }

    static Break payload(Function<String, byte[]> change) {
        return valid -> valid.compact(valid.headerJson(), change.apply(valid.claimsJson()));
    }

    static Break payloadText(Function<String, String> change) {
        return payload(json -> change.apply(json).getBytes(StandardCharsets.UTF_8));
    }

    static Break headerText(Function<String, String> change) {
        return valid -> valid.compact(change.apply(valid.headerJson()), valid.claimsJson());
    }

    /** The finished token, changed as a string. */
    static Break text(Function<String, String> change) {
        return valid -> change.apply(valid.build());
    }

    static Break signature(Function<byte[], byte[]> change) {
        return text(token -> unsigned(token) + Base64Url.encode(change.apply(signatureOf(token))));
    }

    static byte[] signatureOf(String token) {
        return Base64Url.decode(token.substring(token.lastIndexOf('.') + 1));
    }

    /** Header and payload with the dot that follows them. */
    static String unsigned(String token) {
        return token.substring(0, token.lastIndexOf('.') + 1);
    }

    static Break algNone(String spelling) {
        return valid -> unsigned(valid.header("alg", spelling).build());
    }

    /** Signed by a key that nobody trusts, under the trusted key's id. */
    static Break foreignKey(Function<AccessTokens, Map<String, Object>> headers) {
        return valid -> {
            AccessTokens forged = valid.signedBy(
                    TestKeys.foreign().withKid(String.valueOf(valid.header().get("kid"))));
            for (Map.Entry<String, Object> header : headers.apply(valid).entrySet()) {
                forged = forged.header(header.getKey(), header.getValue());
            }
            return forged.build();
        };
    }

    /** RS256 become HS256, the public key's bytes being the "secret" (RFC 8725 section 2.1). */
    static Break hmacWithPublicKey(Function<byte[], byte[]> spelling) {
        return valid -> {
            byte[] secret = spelling.apply(valid.key().keyPair().getPublic().getEncoded());
            String input = unsigned(valid.header("alg", "HS256").build());
            byte[] signed = input.substring(0, input.length() - 1).getBytes(StandardCharsets.US_ASCII);
            return input + Base64Url.encode(hmac(secret, signed));
        };
    }

    static byte[] pem(byte[] spki) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(spki);
        return ("-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** A correct RSASSA-PSS signature by a key that is published for RS256 only. */
    static String signedWithPss(AccessTokens valid) {
        String input = unsigned(valid.header("alg", "PS256").build());
        TestKey key = new TestKey(valid.key().kid(), "PS256", valid.key().keyPair());
        byte[] signed = input.substring(0, input.length() - 1).getBytes(StandardCharsets.US_ASCII);
        return input + Base64Url.encode(key.sign(signed));
    }

    static byte[] flipBit(byte[] bytes) {
        byte[] flipped = bytes.clone();
        flipped[bytes.length / 2] ^= 1;
        return flipped;
    }

    static String flattened(String token) {
        String[] part = token.split("\\.", -1);
        return Json.write(Map.of("protected", part[0], "payload", part[1], "signature", part[2]));
    }

    static byte[] withInvalidUtf8(String json) {
        return inSub(json, "\u00ff");
    }

    static byte[] withOverlongUtf8(String json) {
        return inSub(json, "\u00c0\u00af");
    }

    /** Each char of {@code raw} becomes one byte at the start of sub. */
    private static byte[] inSub(String json, String raw) {
        return json.replace("\"sub\":\"", "\"sub\":\"" + raw).getBytes(StandardCharsets.ISO_8859_1);
    }

    static String jwe(Map<String, Object> header) {
        byte[] noise = "not really encrypted".getBytes(StandardCharsets.US_ASCII);
        String part = Base64Url.encode(noise);
        return String.join(".", Base64Url.encode(Json.write(header)), part, part, part, part);
    }

    private static byte[] hmac(byte[] secret, byte[] input) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
