package dev.cardea.testkit;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The ways in which {@link ProofFault}s are made from the valid proof. */
final class ProofBreaks {

    private ProofBreaks() {}

    interface Break extends Function<DpopProof, String> {}

    static Break claim(String name, @Nullable Object value) {
        return valid -> valid.claim(name, value).build();
    }

    static Break literal(String claim, String json) {
        return claim(claim, new Json.Literal(json));
    }

    static Break missing(String claim) {
        return valid -> valid.without(claim).build();
    }

    /** The claim at {@code seconds} from the time of issue. */
    static Break seconds(String claim, long seconds) {
        return valid -> valid.claim(claim, valid.issuedAt() + seconds).build();
    }

    /** The claim made from the text that it was. */
    static Break copied(String claim, Function<String, @Nullable Object> change) {
        return valid -> valid.claim(claim, change.apply(String.valueOf(valid.require(claim))))
                .build();
    }

    static Break header(String name, @Nullable Object value) {
        return valid -> valid.header(name, value).build();
    }

    static Break missingHeader(String name) {
        return valid -> valid.withoutHeader(name).build();
    }

    /** The JWK with another member, or another value of one. */
    static Break jwk(String member, @Nullable Object value) {
        return valid -> {
            Map<String, @Nullable Object> jwk = new LinkedHashMap<>(valid.key().jwk());
            jwk.put(member, value);
            return valid.header("jwk", jwk).build();
        };
    }

    static Break jwkWithout(String member) {
        return valid -> {
            Map<String, @Nullable Object> jwk = new LinkedHashMap<>(valid.key().jwk());
            jwk.remove(member);
            return valid.header("jwk", jwk).build();
        };
    }

    /** Nothing but the signer is changed. */
    static String built(DpopProof valid) {
        return valid.build();
    }

    /** The path with {@code change} made to it. */
    static Break path(UnaryOperator<String> change) {
        return copied("htu", htu -> htu.substring(0, pathAt(htu)) + change.apply(htu.substring(pathAt(htu))));
    }

    /** Host and port with {@code change} made to them. */
    static Break authority(UnaryOperator<String> change) {
        return copied("htu", htu -> {
            int start = htu.indexOf("//") + 2;
            return htu.substring(0, start)
                    + change.apply(htu.substring(start, pathAt(htu)))
                    + htu.substring(pathAt(htu));
        });
    }

    static String beforePath(DpopProof valid, String inserted) {
        String htu = String.valueOf(valid.require("htu"));
        return htu.substring(0, pathAt(htu)) + inserted + htu.substring(pathAt(htu));
    }

    /** The last letter of the path as a percent-encoded byte, which RFC 3986 section 6.2.2.2 calls the same. */
    static String needlesslyEncoded(DpopProof valid) {
        String htu = String.valueOf(valid.require("htu"));
        int last = htu.length() - 1;
        while (last > pathAt(htu) && !Character.isLetter(htu.charAt(last))) {
            last--;
        }
        return htu.substring(0, last) + "%" + Integer.toHexString(htu.charAt(last)) + htu.substring(last + 1);
    }

    static String upperCaseScheme(DpopProof valid) {
        String htu = String.valueOf(valid.require("htu"));
        int colon = htu.indexOf(':');
        return htu.substring(0, colon).toUpperCase(Locale.ROOT) + htu.substring(colon);
    }

    static String withoutAuthority(String htu) {
        return htu.substring(pathAt(htu));
    }

    private static int pathAt(String htu) {
        int slash = htu.indexOf('/', htu.indexOf("//") + 2);
        return slash < 0 ? htu.length() : slash;
    }

    static String otherPort(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon < 0
                ? authority + ":8081"
                : authority.substring(0, colon + 1) + "1" + authority.substring(colon + 1, authority.length() - 1);
    }

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

    static Break payloadText(UnaryOperator<String> change) {
        return payload(json -> change.apply(json).getBytes(StandardCharsets.UTF_8));
    }

    static Break headerText(UnaryOperator<String> change) {
        return valid -> valid.compact(change.apply(valid.headerJson()), valid.claimsJson());
    }

    /** The finished proof, changed as a string. */
    static Break text(UnaryOperator<String> change) {
        return valid -> change.apply(valid.build());
    }

    static Break signature(UnaryOperator<byte[]> change) {
        return text(proof -> Breaks.unsigned(proof) + Base64Url.encode(change.apply(Breaks.signatureOf(proof))));
    }

    static Break algNone(String spelling) {
        return valid -> Breaks.unsigned(valid.header("alg", spelling).build());
    }

    /** HS256, the "secret" being the key that everybody can read in the header. */
    static String hmacWithPublicKey(DpopProof valid) {
        String input = Breaks.unsigned(valid.header("alg", "HS256").build());
        byte[] secret = Json.write(valid.key().jwk()).getBytes(StandardCharsets.UTF_8);
        byte[] signed = input.substring(0, input.length() - 1).getBytes(StandardCharsets.US_ASCII);
        return input + Base64Url.encode(HostileKeys.hmac(secret, signed));
    }

    /** Each char of {@code raw} becomes one byte at the start of jti. */
    static Break inJti(String raw) {
        return payload(json -> json.replace("\"jti\":\"", "\"jti\":\"" + raw).getBytes(StandardCharsets.ISO_8859_1));
    }
}
