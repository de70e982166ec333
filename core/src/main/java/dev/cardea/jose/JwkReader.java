package dev.cardea.jose;

import dev.cardea.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a verification key of a public JWK, or says why not (RFC 7517 4, RFC 7518 6, RFC 8037 2).
 *
 * <p>Builds keys with the JDK: jose4j takes points beside their curve and Ed25519 keys of three bytes. Stateless.
 */
public final class JwkReader {
    private static final Set<String> PRIVATE_MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");
    private static final List<String> RSA = List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512");
    private static final List<String> ED25519 = List.of("EdDSA", "Ed25519");
    /** SubjectPublicKeyInfo of an Ed25519 key up to its 32 bytes (RFC 8410 4). */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int ED25519_SIZE = 32;
    private static final int ED25519_ENCODED_SIZE = ED25519_PREFIX.length + ED25519_SIZE;
    private static final BigInteger ED25519_FIELD = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    /** The y of the eight points of small order, modulo the field, {@code x} having either sign. */
    private static final Set<BigInteger> ED25519_SMALL_ORDER = Set.of(
            BigInteger.ZERO,
            BigInteger.ONE,
            ED25519_FIELD.subtract(BigInteger.ONE),
            new BigInteger("05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16),
            new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16));

    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;
    private static final int MAX_EXPONENT_BITS = 64;

    private final Map<?, ?> jwk;
    private final Origin origin;
    private final CryptoProvider crypto;

    private enum Origin {
        /** Read seldom, of an issuer who is trusted: however its members are spelt, and tried out at once. */
        KEY_SET,
        /** Read often, of anybody: in the one spelling that the RFCs allow; its signature follows at once. */
        REQUEST
    }

    private JwkReader(Map<?, ?> jwk, Origin origin, CryptoProvider crypto) {
        this.jwk = jwk;
        this.origin = origin;
        this.crypto = crypto;
    }

    /**
     * A key of an issuer's set; empty if it is a proper key for something else (encryption, another algorithm), which is nothing to complain
     * about.
     *
     * @throws UnusableJwkException if it should not be in anybody's key set
     */
    public static Optional<VerificationKey> read(@Nullable Object entry, CryptoProvider crypto)
            throws UnusableJwkException {
        return new JwkReader(object(entry), Origin.KEY_SET, crypto).read();
    }

    /**
     * The key that a request brings with it (RFC 9449 4.3 items 6 and 7; D07, D42, W07): written canonically, public, of a
     * proper size, on its curve, for signatures. Proves nothing about who holds the private half.
     *
     * <p>Costs a few microseconds whatever the key is. Whether the platform can use it shows when it first verifies: a point
     * of Ed25519 may be none, and then {@link VerificationKey#verifies} throws.
     *
     * @throws UnusableJwkException if it is none to verify with
     */
    public static VerificationKey readFromRequest(@Nullable Object entry, CryptoProvider crypto)
            throws UnusableJwkException {
        return new JwkReader(object(entry), Origin.REQUEST, crypto)
                .read()
                .orElseThrow(() -> new UnusableJwkException("is for something else than signatures, by its own words"));
    }

    private static Map<?, ?> object(@Nullable Object entry) throws UnusableJwkException {
        if (!(entry instanceof Map<?, ?> jwk)) {
            throw new UnusableJwkException("is not an object");
        }
        if (jwk == JsonObject.AMBIGUOUS) {
            throw new UnusableJwkException("has a member twice");
        }
        return jwk;
    }

    private Optional<VerificationKey> read() throws UnusableJwkException {
        requireNothingPrivate();
        if (!isForVerification()) {
            return Optional.empty();
        }
        KeyKind kind = kind();
        List<String> algorithms = narrowed(kind.algorithms());
        if (algorithms.isEmpty()) {
            return Optional.empty();
        }
        String id = optional("kid");
        if (origin == Origin.REQUEST) {
            return Optional.of(VerificationKey.ofClient(kind.key(), Set.copyOf(algorithms), crypto));
        }
        VerificationKey key = new VerificationKey(id, kind.key(), Set.copyOf(algorithms), crypto);
        requireUsable(key, algorithms.get(0));
        return Optional.of(key);
    }

    /** A published private key is nobody's alone, and a symmetric one would make HMAC keys of public ones (T19, W03). */
    private void requireNothingPrivate() throws UnusableJwkException {
        for (String member : PRIVATE_MEMBERS) {
            if (jwk.containsKey(member)) {
                throw new UnusableJwkException("has the private or symmetric member '" + member + "'");
            }
        }
    }

    /** RFC 7517 4.2 and 4.3 (T17). */
    private boolean isForVerification() throws UnusableJwkException {
        String use = optional("use");
        boolean mayVerify =
                !jwk.containsKey("key_ops") || (jwk.get("key_ops") instanceof List<?> ops && ops.contains("verify"));
        return (use == null || use.equals("sig")) && mayVerify;
    }

    private record KeyKind(PublicKey key, List<String> algorithms) {}

    private KeyKind kind() throws UnusableJwkException {
        try {
            return switch (required("kty")) {
                case "RSA" -> new KeyKind(rsa(), RSA);
                case "EC" -> ellipticCurve();
                case "OKP" -> new KeyKind(ed25519(), ED25519);
                default -> throw new UnusableJwkException("is of an unknown type");
            };
        } catch (GeneralSecurityException e) {
            throw new UnusableJwkException("is not a key of its type");
        }
    }

    private PublicKey rsa() throws UnusableJwkException, GeneralSecurityException {
        BigInteger modulus = unsigned("n");
        BigInteger exponent = unsigned("e");
        if (modulus.bitLength() < MIN_RSA_BITS || modulus.bitLength() > MAX_RSA_BITS) {
            throw new UnusableJwkException(
                    "has fewer than " + MIN_RSA_BITS + " or more than " + MAX_RSA_BITS + " bits");
        }
        boolean odd = exponent.testBit(0) && !exponent.equals(BigInteger.ONE);
        if (!odd || exponent.bitLength() > MAX_EXPONENT_BITS) {
            throw new UnusableJwkException("has an improper exponent");
        }
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    }

    private KeyKind ellipticCurve() throws UnusableJwkException, GeneralSecurityException {
        Curve curve = Curve.named(required("crv"));
        if (curve == null) {
            throw new UnusableJwkException("is on an unknown curve");
        }
        PublicKey key = curve.key(coordinate("x", curve), coordinate("y", curve));
        if (key == null) {
            throw new UnusableJwkException("is not on its curve");
        }
        return new KeyKind(
                key,
                switch (curve) {
                    case P256 -> List.of("ES256");
                    case P384 -> List.of("ES384");
                    case P521 -> List.of("ES512");
                });
    }

    private PublicKey ed25519() throws UnusableJwkException, GeneralSecurityException {
        byte[] x = bytes("x");
        if (!required("crv").equals("Ed25519") || x.length != ED25519_SIZE) {
            throw new UnusableJwkException("is not an Ed25519 key");
        }
        BigInteger y = new BigInteger(1, reversed(x)).clearBit(255);
        if (origin == Origin.REQUEST && y.compareTo(ED25519_FIELD) >= 0) {
            throw new UnusableJwkException("is a point in another spelling than its own");
        }
        requireLargeOrder(y.mod(ED25519_FIELD));
        byte[] encoded = Arrays.copyOf(ED25519_PREFIX, ED25519_ENCODED_SIZE);
        System.arraycopy(x, 0, encoded, ED25519_PREFIX.length, ED25519_SIZE);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    /** The other way round: the 32 bytes of an Ed25519 key, null if it is none. */
    static byte @Nullable [] ed25519Point(PublicKey key) {
        byte[] encoded = key.getEncoded();
        int prefix = ED25519_PREFIX.length;
        boolean ed25519 = encoded != null
                && encoded.length == ED25519_ENCODED_SIZE
                && Arrays.equals(encoded, 0, prefix, ED25519_PREFIX, 0, prefix);
        return ed25519 ? Arrays.copyOfRange(encoded, prefix, ED25519_ENCODED_SIZE) : null;
    }

    /** RFC 8725 3.4 (W07): nobody holds the private half of such a point, and anybody can make signatures that fit. */
    private static void requireLargeOrder(BigInteger y) throws UnusableJwkException {
        if (ED25519_SMALL_ORDER.contains(y)) {
            throw new UnusableJwkException("is a point of small order");
        }
    }

    private static byte[] reversed(byte[] littleEndian) {
        byte[] bigEndian = new byte[littleEndian.length];
        for (int i = 0; i < bigEndian.length; i++) {
            bigEndian[i] = littleEndian[bigEndian.length - 1 - i];
        }
        return bigEndian;
    }

    /**
     * RFC 7517 4.4, RFC 8725 3.1 (W02): the algorithm that the set names is the only one. {@code EdDSA} and
     * {@code Ed25519} are two names of one algorithm where the key is an Ed25519 one (RFC 9864 2.2).
     */
    private List<String> narrowed(List<String> possible) throws UnusableJwkException {
        String algorithm = optional("alg");
        if (algorithm == null || (possible == ED25519 && ED25519.contains(algorithm))) {
            return possible;
        }
        return possible.contains(algorithm) ? List.of(algorithm) : List.of();
    }

    /** Verifies nonsense once: a point that cannot be decoded, or a provider without the curve, shows only then. */
    private static void requireUsable(VerificationKey key, String algorithm) throws UnusableJwkException {
        SignatureAlgorithm named = SignatureAlgorithm.required(algorithm);
        try {
            if (key.verifies(named, named.nonsense(key.publicKey()), new byte[0])) {
                throw new UnusableJwkException("verifies nonsense");
            }
        } catch (GeneralSecurityException e) {
            throw new UnusableJwkException("cannot be used on this Java platform");
        }
    }

    /** RFC 7518 2, Base64urlUInt. */
    private BigInteger unsigned(String member) throws UnusableJwkException {
        byte[] bytes = bytes(member);
        if (origin == Origin.REQUEST && bytes[0] == 0) {
            throw new UnusableJwkException("has a member '" + member + "' with zeros in front");
        }
        return new BigInteger(1, bytes);
    }

    /** RFC 7518 6.2.1.2. */
    private BigInteger coordinate(String member, Curve curve) throws UnusableJwkException {
        byte[] bytes = bytes(member);
        if (origin == Origin.REQUEST && bytes.length != curve.size()) {
            throw new UnusableJwkException("has a coordinate of another size than its curve");
        }
        return new BigInteger(1, bytes);
    }

    private byte[] bytes(String member) throws UnusableJwkException {
        String text = required(member);
        byte[] bytes = origin == Origin.REQUEST ? canonical(text) : tolerated(text);
        if (bytes == null) {
            throw new UnusableJwkException("has a member '" + member + "' that is not base64url");
        }
        return bytes;
    }

    private static byte @Nullable [] canonical(String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        return CanonicalBase64Url.decode(ascii, 0, ascii.length);
    }

    private static byte @Nullable [] tolerated(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private String required(String member) throws UnusableJwkException {
        String value = optional(member);
        if (value == null) {
            throw new UnusableJwkException("has no member '" + member + "'");
        }
        return value;
    }

    private @Nullable String optional(String member) throws UnusableJwkException {
        Object value = jwk.get(member);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new UnusableJwkException("has a member '" + member + "' that is not a string");
    }
}
