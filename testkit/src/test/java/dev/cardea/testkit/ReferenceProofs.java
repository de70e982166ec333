package dev.cardea.testkit;

import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Confirms bindings the slow way, by jose4j, string by string. Remembers every proof for ever. */
final class ReferenceProofs {

    static final String ALGORITHMS = "ES256 ES384 ES512 RS256 PS256 EdDSA";

    private static final Map<String, String> CURVES = Map.of("ES256", "P-256", "ES384", "P-384", "ES512", "P-521");
    private static final BigInteger P25519 = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger P256 =
            new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);
    private static final BigInteger B256 =
            new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);
    private static final Set<String> ORDER_EIGHT = Set.of(
            "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7",
            "05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826");

    private final Set<Weakness> weaknesses;
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private final Map<String, String> nonces = new ConcurrentHashMap<>();

    ReferenceProofs(Set<Weakness> weaknesses) {
        this.weaknesses = weaknesses;
    }

    /** RFC 9449 7.1 and 7.2. */
    void confirm(ReceivedRequest request, boolean dpop, Map<String, Object> caller, String token)
            throws ReferenceTokens.Refused {
        boolean bound = caller.containsKey("cnf");
        if (!dpop) {
            token(!bound || weaknesses.contains(Weakness.IGNORES_CONFIRMATION));
            return;
        }
        token(caller.get("cnf") instanceof Map<?, ?> cnf && cnf.get("jkt") instanceof String);
        Map<?, ?> cnf = (Map<?, ?>) caller.get("cnf");
        token(!cnf.containsKey("x5t#S256"));
        Object type = caller.get("token_type");
        token(type == null || type.toString().equalsIgnoreCase("dpop"));
        if (!weaknesses.contains(Weakness.IGNORES_PROOFS)) {
            check(request, String.valueOf(cnf.get("jkt")), token);
        }
    }

    private void check(ReceivedRequest request, String jkt, String token) throws ReferenceTokens.Refused {
        List<String> fields = request.headers().getOrDefault("dpop", List.of());
        proof(fields.size() == 1 && fields.get(0).length() <= 8192);
        String[] parts = fields.get(0).split("\\.", -1);
        proof(parts.length == 3);
        for (String part : parts) {
            proof(part.matches("[A-Za-z0-9_-]+") && canonical(part));
        }
        Map<String, Object> header = json(parts[0]);
        Map<String, Object> claims = json(parts[1]);
        proof("dpop+jwt".equals(header.get("typ")) && !header.containsKey("crit"));
        proof(header.get("alg") instanceof String alg
                && List.of(ALGORITHMS.split(" ", -1)).contains(alg));
        proof(request.method().equals(claims.get("htm")));
        proof(claims.get("htu") instanceof String htu && targets(request).equals(normalised(htu)));
        proof(DpopKey.sha256(token).equals(claims.get("ath")) || weaknesses.contains(Weakness.IGNORES_TOKEN_HASHES));
        proof(claims.get("jti") instanceof String jti && !jti.isEmpty());
        long now = System.currentTimeMillis() / 1000;
        proof(!claims.containsKey("exp") || number(claims, "exp") > now);
        proof(!claims.containsKey("nbf") || number(claims, "nbf") < now + 10);
        String thumbprint = verified(fields.get(0), header);
        inTime(claims, now, thumbprint);
        token(thumbprint.equals(jkt) || weaknesses.contains(Weakness.TAKES_ANYBODYS_PROOF));
        unused(thumbprint + " " + normalised(String.valueOf(claims.get("htu"))) + " " + claims.get("jti"));
    }

    private void unused(String proof) throws ReferenceTokens.Refused {
        if (weaknesses.contains(Weakness.LOOKS_AND_THEN_REMEMBERS)) {
            boolean known = used.contains(proof);
            Thread.yield();
            proof(!known);
            used.add(proof);
        } else {
            proof(used.add(proof) || weaknesses.contains(Weakness.FORGETS_PROOFS));
        }
    }

    private void inTime(Map<String, Object> claims, long now, String thumbprint) throws ReferenceTokens.Refused {
        double issued = number(claims, "iat");
        boolean recent = issued > now - 60 && issued < now + 10;
        proof(!claims.containsKey("nonce") || claims.get("nonce") instanceof String);
        boolean known = claims.containsKey("nonce") && thumbprint.equals(nonces.get(claims.get("nonce")));
        if (!known && (claims.containsKey("nonce") || !recent)) {
            String nonce = UUID.randomUUID().toString();
            nonces.put(nonce, thumbprint);
            throw new ReferenceTokens.Refused(401, "use_dpop_nonce", "A nonce is needed", nonce);
        }
    }

    private String verified(String compact, Map<String, Object> header) throws ReferenceTokens.Refused {
        proof(header.get("jwk") instanceof Map<?, ?>);
        Map<?, ?> jwk = (Map<?, ?>) header.get("jwk");
        try {
            PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk(Json.write(jwk));
            proof(weaknesses.contains(Weakness.TAKES_ANY_PROOF_KEY) || usable(jwk, String.valueOf(header.get("alg"))));
            JsonWebSignature jws = new JsonWebSignature();
            jws.setCompactSerialization(compact);
            jws.setKey(key.getKey());
            jws.setDoKeyValidation(false);
            proof(jws.verifySignature());
            return key.calculateBase64urlEncodedThumbprint("SHA-256");
        } catch (JoseException | IllegalArgumentException | ClassCastException | NullPointerException e) {
            throw refused();
        }
    }

    private static boolean usable(Map<?, ?> jwk, String algorithm) {
        for (String secret : List.of("d", "p", "q", "dp", "dq", "qi", "oth", "k")) {
            if (jwk.containsKey(secret)) {
                return false;
            }
        }
        if (CURVES.containsKey(algorithm)) {
            return "EC".equals(jwk.get("kty")) && CURVES.get(algorithm).equals(jwk.get("crv")) && onCurve(jwk);
        }
        if (algorithm.equals("EdDSA")) {
            return "OKP".equals(jwk.get("kty")) && "Ed25519".equals(jwk.get("crv")) && ofLargeOrder(jwk);
        }
        BigInteger n = new BigInteger(1, strict(jwk, "n"));
        BigInteger e = new BigInteger(1, strict(jwk, "e"));
        return "RSA".equals(jwk.get("kty"))
                && n.bitLength() >= 2048
                && n.bitLength() <= 8192
                && e.bitLength() > 1
                && e.bitLength() < 33;
    }

    /** On P-256, that is: the contract tries no other. */
    private static boolean onCurve(Map<?, ?> jwk) {
        int length = (Integer.parseInt(String.valueOf(jwk.get("crv")).substring(2)) + 7) / 8;
        byte[] x = strict(jwk, "x");
        byte[] y = strict(jwk, "y");
        if (length != 32 || x.length != 32 || y.length != 32) {
            return x.length == length && y.length == length;
        }
        BigInteger bx = new BigInteger(1, x);
        BigInteger by = new BigInteger(1, y);
        return bx.pow(3)
                        .subtract(bx.multiply(BigInteger.valueOf(3)))
                        .add(B256)
                        .subtract(by.pow(2))
                        .mod(P256)
                        .signum()
                == 0;
    }

    private static boolean ofLargeOrder(Map<?, ?> jwk) {
        byte[] x = strict(jwk, "x");
        if (x.length != 32) {
            return false;
        }
        byte[] big = new byte[32];
        for (int i = 0; i < 32; i++) {
            big[i] = x[31 - i];
        }
        big[0] &= 0x7F;
        BigInteger y = new BigInteger(1, big);
        return y.compareTo(BigInteger.ONE) > 0
                && y.compareTo(P25519.subtract(BigInteger.ONE)) < 0
                && !ORDER_EIGHT.contains(String.format(Locale.ROOT, "%064x", y))
                && HostileKeys.isOnEdwards25519(y);
    }

    private static byte[] strict(Map<?, ?> jwk, String member) {
        String text = (String) jwk.get(member);
        if (!text.matches("[A-Za-z0-9_-]+") || !canonical(text)) {
            throw new IllegalArgumentException(member);
        }
        return Base64Url.decode(text);
    }

    private String targets(ReceivedRequest request) throws ReferenceTokens.Refused {
        String scheme = String.join("", request.headers().getOrDefault("x-forwarded-proto", List.of("http")));
        String forwarded = String.join("", request.headers().getOrDefault("x-forwarded-host", List.of()));
        String host = forwarded.isEmpty() ? String.valueOf(request.header("host")) : forwarded;
        return String.valueOf(normalised(scheme + "://" + host + request.path()));
    }

    /** RFC 3986 6.2.2 and 6.2.3, or null for what is no http URI. */
    private @Nullable String normalised(String text) {
        String decoded = decodedWhereNeedless(text.replaceFirst("[?#].*", ""));
        try {
            URI uri = new URI(decoded).normalize();
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (!scheme.matches("https?") || uri.getHost() == null || uri.getRawUserInfo() != null) {
                return null;
            }
            int port = uri.getPort() < 0 ? scheme.equals("http") ? 80 : 443 : uri.getPort();
            String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            // java.net.URI merges slashes, which RFC 3986 does not
            boolean merged = decoded.replaceFirst("^[a-zA-Z]+://", "").contains("//");
            String found =
                    scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port + (merged ? "/" : "") + path;
            return weaknesses.contains(Weakness.FOLDS_THE_CASE_OF_PATHS) ? found.toLowerCase(Locale.ROOT) : found;
        } catch (java.net.URISyntaxException e) {
            return null;
        }
    }

    private static String decodedWhereNeedless(String text) {
        Matcher escape = Pattern.compile("%([0-9A-Fa-f]{2})").matcher(text);
        StringBuilder decoded = new StringBuilder();
        while (escape.find()) {
            char c = (char) Integer.parseInt(escape.group(1), 16);
            boolean needless = Character.isLetterOrDigit(c) && c < 0x80 || "-._~".indexOf(c) >= 0;
            escape.appendReplacement(
                    decoded, needless ? String.valueOf(c) : escape.group().toUpperCase(Locale.ROOT));
        }
        return escape.appendTail(decoded).toString();
    }

    private static boolean canonical(String segment) {
        return Base64Url.encode(lenient(segment)).equals(segment);
    }

    private static byte[] lenient(String segment) {
        return new org.jose4j.base64url.Base64Url().base64UrlDecode(segment);
    }

    private static Map<String, Object> json(String segment) throws ReferenceTokens.Refused {
        try {
            Map<String, Object> read = ReferenceTokens.json(lenient(segment));
            proof(read != null);
            return read;
        } catch (ReferenceTokens.Refused
                | JoseException
                | java.nio.charset.CharacterCodingException
                | ClassCastException
                | IllegalArgumentException e) {
            throw refused();
        }
    }

    private static double number(Map<String, Object> claims, String name) throws ReferenceTokens.Refused {
        proof(claims.get(name) instanceof Number number && Math.abs(number.doubleValue()) < 1e14);
        return ((Number) claims.get(name)).doubleValue();
    }

    private static void token(boolean holds) throws ReferenceTokens.Refused {
        if (!holds) {
            throw ReferenceTokens.invalid();
        }
    }

    private static void proof(boolean holds) throws ReferenceTokens.Refused {
        if (!holds) {
            throw refused();
        }
    }

    private static ReferenceTokens.Refused refused() {
        return new ReferenceTokens.Refused(401, "invalid_dpop_proof", "The proof is not valid", null);
    }
}
