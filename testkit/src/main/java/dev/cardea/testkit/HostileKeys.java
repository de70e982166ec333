package dev.cardea.testkit;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys for DPoP proofs that a resource server must not use, made by hand because libraries refuse to. Their signatures are
 * right as far as the mathematics goes, so that a verifier that does not look at the key is found out. Each is made once.
 */
final class HostileKeys {

    private static final Map<String, DpopKey> MADE = new ConcurrentHashMap<>();

    private static final byte[] SHA256_INFO = HexFormat.of().parseHex("3031300d060960864801650304020105000420");
    private static final BigInteger P25519 = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

    private HostileKeys() {}

    private static DpopKey once(String name, Supplier<DpopKey> make) {
        return MADE.computeIfAbsent(name, ignored -> make.get());
    }

    /** Its secret is in its JWK, and HMAC with that secret is its signature. */
    static DpopKey symmetric() {
        return once("symmetric", () -> {
            byte[] secret = DpopKey.sha256("anybody may know this").getBytes(StandardCharsets.US_ASCII);
            Map<String, Object> jwk = new LinkedHashMap<>();
            jwk.put("kty", "oct");
            jwk.put("k", Base64Url.encode(secret));
            return DpopKey.handMade("HS256", jwk, input -> hmac(secret, input));
        });
    }

    static byte[] hmac(byte[] secret, byte[] input) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    // Elliptic curves

    /** A point that is not on P-256. */
    static DpopKey offCurve() {
        return once("offCurve", () -> {
            DpopKey key = DpopKey.generate("ES256");
            return key.published("y", key.jwk().get("x"));
        });
    }

    static DpopKey zeroPoint() {
        return once("zeroPoint", () -> {
            String zero = Base64Url.encode(new byte[32]);
            return DpopKey.generate("ES256").published("x", zero).published("y", zero);
        });
    }

    /** A coordinate that starts with a zero byte, written without it (RFC 7518 section 6.2.1.2 wants it written). */
    static DpopKey shortCoordinate() {
        return once("shortCoordinate", () -> {
            DpopKey key = DpopKey.generate("ES256");
            while (coordinate(key)[0] != 0) {
                key = DpopKey.generate("ES256");
            }
            byte[] x = coordinate(key);
            return key.published("x", Base64Url.encode(Arrays.copyOfRange(x, 1, x.length)));
        });
    }

    /** A coordinate with a zero byte too many. */
    static DpopKey longCoordinate() {
        return once("longCoordinate", () -> {
            DpopKey key = DpopKey.generate("ES256");
            byte[] longer = new byte[33];
            System.arraycopy(coordinate(key), 0, longer, 1, 32);
            return key.published("x", Base64Url.encode(longer));
        });
    }

    private static byte[] coordinate(DpopKey key) {
        return Base64Url.decode(String.valueOf(key.jwk().get("x")));
    }

    /** A P-384 key that signs with SHA-256 and says ES256 (RFC 7518 section 3.4 allows P-256 only). */
    static DpopKey es256OnP384() {
        return once("es256OnP384", () -> {
            KeyPair pair = TestEncryptionKey.generate("EC", "P-384");
            return DpopKey.of(new TestKey("", "ES256", pair));
        });
    }

    /** The curve of another name, which no resource server has to know; the key is P-256's. */
    static DpopKey unknownCurve() {
        return once("unknownCurve", () -> DpopKey.generate("ES256").published("crv", "P-257"));
    }

    /** Signs in ASN.1 as the JDK does when nobody tells it otherwise; JWS wants R and S side by side. */
    static DpopKey derSigner() {
        return once("derSigner", () -> {
            KeyPair pair = TestEncryptionKey.generate("EC", "P-256");
            return DpopKey.handMade("ES256", TestEncryptionKey.bareJwk(pair), input -> {
                try {
                    Signature signature = Signature.getInstance("SHA256withECDSA");
                    signature.initSign(pair.getPrivate());
                    signature.update(input);
                    return signature.sign();
                } catch (GeneralSecurityException e) {
                    throw new IllegalStateException(e);
                }
            });
        });
    }

    // Edwards curves

    /** The neutral element: one signature holds for every message, and nobody has to know a key. */
    static DpopKey neutral() {
        return once("neutral", () -> edwards(little(BigInteger.ONE)));
    }

    /** The neutral element, written with a coordinate that is not smaller than the field. */
    static DpopKey neutralNotCanonical() {
        return once("neutralNotCanonical", () -> edwards(little(P25519.add(BigInteger.ONE))));
    }

    /** A point of order eight: one in eight messages has a signature without anybody's knowing a key. */
    static DpopKey orderEight() {
        String point = "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a";
        return once("orderEight", () -> edwards(HexFormat.of().parseHex(point)));
    }

    /** No point at all. */
    static DpopKey offEdwardsCurve() {
        return once("offEdwardsCurve", () -> {
            BigInteger y = BigInteger.TWO;
            while (isOnEdwards25519(y)) {
                y = y.add(BigInteger.ONE);
            }
            return edwards(little(y));
        });
    }

    /** 31 bytes. */
    static DpopKey shortEdwards() {
        return once("shortEdwards", () -> edwards(new byte[31]));
    }

    /** Whether there is an x with x² = (y² - 1) / (dy² + 1). */
    static boolean isOnEdwards25519(BigInteger y) {
        BigInteger d =
                BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P25519));
        BigInteger squared = y.multiply(y);
        BigInteger x2 = squared.subtract(BigInteger.ONE)
                .multiply(squared.multiply(d).add(BigInteger.ONE).modInverse(P25519))
                .mod(P25519);
        BigInteger half = P25519.subtract(BigInteger.ONE).shiftRight(1);
        return x2.signum() == 0 || x2.modPow(half, P25519).equals(BigInteger.ONE);
    }

    /** "Signs" with R the neutral element and S zero. */
    private static DpopKey edwards(byte[] point) {
        byte[] signature = new byte[64];
        signature[0] = 1;
        Map<String, Object> jwk = new LinkedHashMap<>();
        jwk.put("kty", "OKP");
        jwk.put("crv", "Ed25519");
        jwk.put("x", Base64Url.encode(point));
        return DpopKey.handMade("EdDSA", jwk, input -> signature.clone());
    }

    private static byte[] little(BigInteger number) {
        byte[] big = number.toByteArray();
        byte[] little = new byte[32];
        for (int i = 0; i < Math.min(32, big.length); i++) {
            little[i] = big[big.length - 1 - i];
        }
        return little;
    }

    // RSA

    /** An honest key of this size, which may be too small. */
    static DpopKey rsa(int bits) {
        return once("rsa" + bits, () -> {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(bits);
                return DpopKey.of(new TestKey("", "RS256", generator.generateKeyPair()));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** 16384 bits: a product of small primes, because one of two primes takes minutes to find. Its signatures verify. */
    static DpopKey rsaHuge() {
        return once("rsaHuge", () -> {
            BigInteger[] primes = new BigInteger[32];
            BigInteger modulus;
            do {
                SecureRandom random = new SecureRandom();
                Arrays.setAll(primes, i -> publicExponentPrime(random));
                modulus = Arrays.stream(primes).reduce(BigInteger.ONE, BigInteger::multiply);
            } while (modulus.bitLength() <= 16376);
            BigInteger n = modulus;
            BigInteger e = BigInteger.valueOf(65537);
            return rsa(n, e, message -> {
                BigInteger signature = BigInteger.ZERO;
                for (BigInteger p : primes) {
                    BigInteger d = e.modInverse(p.subtract(BigInteger.ONE));
                    BigInteger others = n.divide(p);
                    signature =
                            signature.add(message.modPow(d, p).multiply(others).multiply(others.modInverse(p)));
                }
                return signature.mod(n);
            });
        });
    }

    /** With its two highest bits set, so that products keep their length, and usable with 65537. */
    private static BigInteger publicExponentPrime(SecureRandom random) {
        while (true) {
            BigInteger start = new BigInteger(512, random)
                    .setBit(511)
                    .setBit(510)
                    .setBit(509)
                    .setBit(508)
                    .setBit(507)
                    .setBit(506);
            BigInteger prime = start.nextProbablePrime();
            boolean invertible = !prime.subtract(BigInteger.ONE)
                    .mod(BigInteger.valueOf(65537))
                    .equals(BigInteger.ZERO);
            if (prime.bitLength() == 512 && invertible) {
                return prime;
            }
        }
    }

    /** Exponent 1: the padded hash is its own signature, and everybody can write it. */
    static DpopKey rsaExponentOne() {
        return once("rsaExponentOne", () -> rsa(modulus(), BigInteger.ONE, message -> message));
    }

    /** An exponent as long as the modulus: verifying costs what signing costs. */
    static DpopKey rsaExponentHuge() {
        return once("rsaExponentHuge", () -> {
            RSAPrivateCrtKey key =
                    (RSAPrivateCrtKey) TestKeys.foreign().keyPair().getPrivate();
            return rsa(
                    key.getModulus(),
                    key.getPrivateExponent(),
                    message -> message.modPow(key.getPublicExponent(), key.getModulus()));
        });
    }

    private static BigInteger modulus() {
        return ((RSAPrivateCrtKey) TestKeys.foreign().keyPair().getPrivate()).getModulus();
    }

    private interface Power {
        BigInteger of(BigInteger message);
    }

    private static DpopKey rsa(BigInteger modulus, BigInteger exponent, Power privateKey) {
        int length = (modulus.bitLength() + 7) / 8;
        Map<String, Object> jwk = new LinkedHashMap<>();
        jwk.put("kty", "RSA");
        jwk.put("n", Base64Url.encode(unsigned(modulus, length)));
        jwk.put("e", Base64Url.encode(unsigned(exponent, (exponent.bitLength() + 7) / 8)));
        return DpopKey.handMade(
                "RS256", jwk, input -> unsigned(privateKey.of(new BigInteger(1, padded(input, length))), length));
    }

    /** RFC 8017 section 9.2. */
    private static byte[] padded(byte[] input, int length) {
        byte[] hash = Base64Url.decode(sha256(input));
        byte[] padded = new byte[length];
        Arrays.fill(padded, (byte) 0xFF);
        padded[0] = 0;
        padded[1] = 1;
        int start = length - hash.length - SHA256_INFO.length;
        padded[start - 1] = 0;
        System.arraycopy(SHA256_INFO, 0, padded, start, SHA256_INFO.length);
        System.arraycopy(hash, 0, padded, length - hash.length, hash.length);
        return padded;
    }

    private static String sha256(byte[] input) {
        try {
            return Base64Url.encode(MessageDigest.getInstance("SHA-256").digest(input));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] unsigned(BigInteger number, int length) {
        byte[] signed = number.toByteArray();
        byte[] fixed = new byte[length];
        int digits = Math.min(signed.length, length);
        System.arraycopy(signed, signed.length - digits, fixed, length - digits, digits);
        return fixed;
    }
}
