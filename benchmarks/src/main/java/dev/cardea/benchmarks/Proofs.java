package dev.cardea.benchmarks;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.Base64;
import java.util.UUID;

/** A client with an ES256 key and an access token that is bound to it, and the proofs that it makes. */
final class Proofs {
    private static final int COORDINATE = 32;

    private final KeyPair pair;
    private final Signature signer;
    private final String header;
    private final String thumbprint;
    private String token = "";
    private String tokenHash = "";

    /** @param provider signs, which is not measured: the fastest */
    Proofs(Provider provider) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        this.pair = generator.generateKeyPair();
        this.signer = Signature.getInstance("SHA256withECDSAinP1363Format", provider);
        PrivateKey secret = pair.getPrivate();
        signer.initSign(secret);
        ECPublicKey key = (ECPublicKey) pair.getPublic();
        String x = base64Url(fixed(key.getW().getAffineX()));
        String y = base64Url(fixed(key.getW().getAffineY()));
        this.header =
                base64Url(("{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\""
                                + x + "\",\"y\":\"" + y + "\"}}")
                        .getBytes(StandardCharsets.US_ASCII));
        this.thumbprint = sha256("{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"" + x + "\",\"y\":\"" + y + "\"}");
    }

    PublicKey publicKey() {
        return pair.getPublic();
    }

    /** {@code jkt} of the token. */
    String thumbprint() {
        return thumbprint;
    }

    void bindTo(String accessToken) throws GeneralSecurityException {
        token = accessToken;
        tokenHash = sha256(accessToken);
    }

    String token() {
        return token;
    }

    /** A proof of now for the one request that all make. */
    String next() throws GeneralSecurityException {
        String claims = "{\"jti\":\"" + UUID.randomUUID() + "\",\"htm\":\"GET\",\"htu\":\"" + GetRequest.URI
                + "\",\"iat\":" + Clock.systemUTC().instant().getEpochSecond() + ",\"ath\":\"" + tokenHash + "\"}";
        String input = header + "." + base64Url(claims.getBytes(StandardCharsets.US_ASCII));
        signer.update(input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + base64Url(signer.sign());
    }

    private static byte[] fixed(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fitting = new byte[COORDINATE];
        int digits = Math.min(bytes.length, COORDINATE);
        System.arraycopy(bytes, bytes.length - digits, fitting, COORDINATE - digits, digits);
        return fitting;
    }

    private static String sha256(String text) throws GeneralSecurityException {
        return base64Url(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
