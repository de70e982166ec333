package dev.cardea.dpop;

import dev.cardea.testkit.DpopKey;
import dev.cardea.testkit.DpopProof;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Chance at work on a proof: on its members, on the text of its JSON (and signed again), or on the finished proof. */
final class ProofMutations {
    private static final List<String> CLAIMS =
            List.of("jti", "htm", "htu", "iat", "ath", "nonce", "exp", "nbf", "aud", "iss", "sub", "x");
    private static final List<String> HEADERS =
            List.of("typ", "alg", "jwk", "kid", "cty", "crit", "b64", "zip", "jku", "x5c", "x5t#S256", "x5u", "iss");
    private static final List<String> JWK_MEMBERS =
            List.of("kty", "crv", "x", "y", "n", "e", "d", "use", "key_ops", "alg", "kid", "x5c", "exp", "ext", "z");
    private static final String PRINTABLE =
            " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";

    private final Random random;

    ProofMutations(Random random) {
        this.random = random;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    // Members

    DpopProof member(DpopProof proof, List<String> made) {
        return switch (random.nextInt(6)) {
            case 0 -> {
                String name = any(CLAIMS);
                Object value = value();
                made.add("claim " + name + "=" + brief(value));
                yield proof.claim(name, value);
            }
            case 1 -> {
                String name = any(HEADERS);
                Object value = value();
                made.add("header " + name + "=" + brief(value));
                yield proof.header(name, value);
            }
            case 2 -> {
                String name = any(JWK_MEMBERS);
                Object value = value();
                made.add("jwk " + name + "=" + brief(value));
                yield withJwk(proof, name, value);
            }
            case 3 -> {
                String name = any(CLAIMS);
                made.add("no claim " + name);
                yield proof.without(name);
            }
            case 4 -> {
                String type = any(
                        List.of("DPoP+JWT", "application/dpop+jwt", "Application/DPOP+jwt", "text/dpop+jwt", "jwt"));
                made.add("typ " + type);
                yield proof.header("typ", type);
            }
            default -> {
                long off = any(List.of(-300L, -30L, 20L, 1_000L, -1_000L, 86_400L, -86_400L));
                made.add("iat " + off);
                // A mutation before this one may have taken the time away.
                yield proof.claims().get("iat") instanceof Number issued
                        ? proof.issuedAt(issued.longValue() + off)
                        : proof;
            }
        };
    }

    /** What chance finds too seldom. */
    List<String> seldom() {
        return List.of(
                "kid", "zip", "jwk alg", "deep header", "typ", "nonce", "aud", "sub", "cty", "jwk exp", "x5c", "x5u");
    }

    DpopProof seldom(DpopProof proof, String what, List<String> made) {
        made.add("seldom " + what);
        return switch (what) {
            case "kid" -> proof.header("kid", null);
            case "zip" -> proof.header("zip", "DEF");
            case "jwk alg" -> withJwk(proof, "alg", "ECDH-ES");
            case "deep header" -> proof.header("x", nested(12));
            case "typ" -> proof.header("typ", "application/dpop+jwt");
            case "nonce" -> proof.claim("nonce", proof.claims().getOrDefault("nonce", "of-another-server"));
            case "jwk exp" -> withJwk(proof, "exp", "x");
            case "cty", "x5c", "x5u" -> proof.header(what, 0);
            default -> proof.claim(what, 0);
        };
    }

    private static DpopProof withJwk(DpopProof proof, String name, @Nullable Object value) {
        Map<String, @Nullable Object> jwk = new LinkedHashMap<>(proof.key().jwk());
        jwk.put(name, value);
        return proof.header("jwk", jwk);
    }

    private static String brief(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() > 20 ? text.substring(0, 20) + "..." : text;
    }

    private @Nullable Object value() {
        return switch (random.nextInt(16)) {
            case 0 -> null;
            case 1 -> true;
            case 2 -> 0;
            case 3 -> -1;
            case 4 -> 1.5;
            case 5 -> "";
            case 6 -> "x";
            case 7 -> List.of();
            case 8 -> Map.of();
            case 9 -> List.of("sig", "verify");
            case 10 -> nested(3 + random.nextInt(12));
            case 11 -> "y".repeat(random.nextInt(300));
            case 12 -> Map.of("a", "b");
            case 13 -> Long.MAX_VALUE;
            case 14 -> "sig";
            default -> "AQAB";
        };
    }

    private static Object nested(int depth) {
        Object value = 1;
        for (int i = 0; i < depth; i++) {
            value = List.of(value);
        }
        return value;
    }

    // Addresses: the same resource or another one, by RFC 3986 6.2.2 and 6.2.3 and by nothing else

    DpopProof sameAddress(DpopProof proof, List<String> made) {
        String uri = String.valueOf(proof.claims().get("htu"));
        int host = uri.indexOf("://") + 3;
        int path = uri.indexOf('/', host);
        String head = uri.substring(0, path);
        String tail = uri.substring(path);
        String spelled =
                switch (random.nextInt(8)) {
                    case 0 -> head.toUpperCase(Locale.ROOT) + tail;
                    case 1 -> uri + "?" + PRINTABLE.substring(33, 59).replace("#", "");
                    case 2 -> uri + "#f";
                    case 3 -> head + "/a/.." + tail;
                    case 4 -> head + "/." + tail;
                    case 5 -> head + tail.replace("o", "%6F");
                    case 6 ->
                        head.endsWith("0")
                                ? head.replace(":", ":0").replace("https:0", "https:") + tail
                                : head + ":443" + tail;
                    default -> head + tail.replace("s", "%73") + "?";
                };
        made.add("same address " + spelled);
        return proof.claim("htu", spelled);
    }

    DpopProof otherAddress(DpopProof proof, List<String> made) {
        String uri = String.valueOf(proof.claims().get("htu"));
        int host = uri.indexOf("://") + 3;
        int path = uri.indexOf('/', host);
        String head = uri.substring(0, path);
        String tail = uri.substring(path);
        String spelled =
                switch (random.nextInt(12)) {
                    case 0 -> head + tail + "/";
                    case 1 -> head + "/" + tail;
                    case 2 -> head + tail + ";v=1";
                    case 3 -> head + tail + "%3F";
                    case 4 -> head + tail + "%00";
                    case 5 -> head + "/.." + tail + "/..";
                    case 6 -> head + tail + ".";
                    case 7 -> "http" + uri.substring(5);
                    case 8 -> uri.substring(0, host) + "x@" + uri.substring(host);
                    case 9 -> head + "." + tail;
                    case 10 -> head + tail.toUpperCase(Locale.ROOT) + "A";
                    default -> " " + uri;
                };
        made.add("other address " + spelled);
        return proof.claim("htu", spelled);
    }

    // Text of the JSON, signed again

    String json(DpopProof proof, List<String> made) {
        String[] segments = proof.build().split("\\.", -1);
        int which = random.nextInt(2);
        String json = new String(Base64.getUrlDecoder().decode(segments[which]), StandardCharsets.UTF_8);
        made.add((which == 0 ? "header" : "payload") + " text");
        segments[which] = encode(text(json, made).getBytes(StandardCharsets.UTF_8));
        return sign(segments[0] + "." + segments[1], proof.key());
    }

    private String text(String json, List<String> made) {
        int at = 1 + random.nextInt(json.length() - 1);
        return switch (random.nextInt(8)) {
            case 0 -> {
                char c = PRINTABLE.charAt(random.nextInt(PRINTABLE.length()));
                made.add(at + " becomes " + c);
                yield json.substring(0, at) + c + json.substring(at + 1);
            }
            case 1 -> {
                made.add(at + " taken out");
                yield json.substring(0, at) + json.substring(at + 1);
            }
            case 2 -> {
                char c = PRINTABLE.charAt(random.nextInt(PRINTABLE.length()));
                made.add(c + " put in at " + at);
                yield json.substring(0, at) + c + json.substring(at);
            }
            case 3 -> {
                made.add("space between members");
                yield json.replace("\":", "\" :\t").replace(",\"", ",\n \"") + " ";
            }
            case 4 -> {
                made.add("members in another order");
                List<String> members = new ArrayList<>(
                        List.of(json.substring(1, json.length() - 1).split(",(?=\"[a-z]+\":)", -1)));
                Collections.shuffle(members, random);
                yield "{" + String.join(",", members) + "}";
            }
            case 5 -> {
                made.add("a letter escaped");
                int letter = letterFrom(json, at);
                yield letter < 0
                        ? json
                        : json.substring(0, letter)
                                + String.format("\\u%04x", (int) json.charAt(letter))
                                + json.substring(letter + 1);
            }
            case 6 -> {
                made.add("numbers otherwise");
                String form = any(List.of("$1.0", "$1e0", "$10e-1", "-$1", "0$1", "+$1", "$1.", "$1E+0", "\"$1\""));
                made.add(form);
                yield json.replaceAll(":(\\d{9,})", ":" + form);
            }
            default -> {
                made.add("control character at " + at);
                yield json.substring(0, at) + (char) random.nextInt(32) + json.substring(at);
            }
        };
    }

    private static int letterFrom(String json, int at) {
        for (int i = at; i < json.length(); i++) {
            if (Character.isLetter(json.charAt(i)) && json.charAt(i - 1) != '\\') {
                return i;
            }
        }
        return -1;
    }

    // The finished proof

    String compact(String proof, List<String> made) {
        int at = random.nextInt(proof.length());
        char c = PRINTABLE.charAt(random.nextInt(PRINTABLE.length()));
        return switch (random.nextInt(6)) {
            case 0 -> {
                made.add("proof: " + at + " becomes " + c);
                yield proof.substring(0, at) + c + proof.substring(at + 1);
            }
            case 1 -> {
                made.add("proof: " + at + " taken out");
                yield proof.substring(0, at) + proof.substring(at + 1);
            }
            case 2 -> {
                made.add("proof: " + c + " put in at " + at);
                yield proof.substring(0, at) + c + proof.substring(at);
            }
            case 3 -> {
                made.add("proof: cut at " + at);
                yield proof.substring(0, at);
            }
            case 4 -> {
                made.add("proof: bit of the signature turned");
                int dot = proof.lastIndexOf('.') + 1;
                byte[] signature = Base64.getUrlDecoder().decode(proof.substring(dot));
                signature[random.nextInt(signature.length)] ^= (byte) (1 << random.nextInt(8));
                yield proof.substring(0, dot) + encode(signature);
            }
            default -> {
                made.add("proof: signature resized");
                int dot = proof.lastIndexOf('.') + 1;
                byte[] signature = Base64.getUrlDecoder().decode(proof.substring(dot));
                yield proof.substring(0, dot)
                        + encode(Arrays.copyOf(signature, signature.length + random.nextInt(9) - 4));
            }
        };
    }

    private static String sign(String input, DpopKey key) {
        return input + "." + encode(key.sign(input.getBytes(StandardCharsets.UTF_8)));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
