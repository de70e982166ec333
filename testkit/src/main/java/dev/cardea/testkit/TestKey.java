package dev.cardea.testkit;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A signing key pair with its key id and the one JWS algorithm it is published for. Signs with the JDK alone, so that no
 * library stands between a test and the bytes it sends.
 */
public record TestKey(String kid, String algorithm, KeyPair keyPair) {

    /** The signature over {@code input} in the encoding that JWS wants (RFC 7518 section 3.4: R and S side by side). */
    public byte[] sign(byte[] input) {
        String hash = algorithm.length() == 5 ? algorithm.substring(2) : "";
        return switch (algorithm) {
            case "RS256", "RS384", "RS512" -> sign("SHA" + hash + "withRSA", null, input);
            case "PS256", "PS384", "PS512" -> sign("RSASSA-PSS", pss(hash), input);
            case "ES256", "ES384", "ES512" -> sign("SHA" + hash + "withECDSAinP1363Format", null, input);
            case "EdDSA", "Ed25519" -> sign("Ed25519", null, input);
            default -> throw new IllegalStateException("no test key signs " + algorithm);
        };
    }

    /** RFC 7518 section 3.5: the JDK wants the parameters spelled out. */
    private static PSSParameterSpec pss(String hash) {
        return new PSSParameterSpec(
                "SHA-" + hash, "MGF1", new MGF1ParameterSpec("SHA-" + hash), Integer.parseInt(hash) / 8, 1);
    }

    /** What verifies this key's signatures. */
    Signature verifier() throws GeneralSecurityException {
        String hash = algorithm.length() == 5 ? algorithm.substring(2) : "";
        Signature signature =
                switch (algorithm.substring(0, 2)) {
                    case "RS" -> signature("SHA" + hash + "withRSA", null);
                    case "PS" -> signature("RSASSA-PSS", pss(hash));
                    case "ES" -> signature("SHA" + hash + "withECDSAinP1363Format", null);
                    default -> signature("Ed25519", null);
                };
        signature.initVerify(keyPair.getPublic());
        return signature;
    }

    private static Signature signature(String jcaName, @Nullable PSSParameterSpec parameters)
            throws GeneralSecurityException {
        Signature signature = Signature.getInstance(jcaName);
        if (parameters != null) {
            signature.setParameter(parameters);
        }
        return signature;
    }

    private byte[] sign(String jcaName, @Nullable PSSParameterSpec parameters, byte[] input) {
        try {
            Signature signature = signature(jcaName, parameters);
            signature.initSign(keyPair.getPrivate());
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot sign with " + jcaName, e);
        }
    }

    /** The same key under another id: what a rotation that reuses key material, or an attacker, publishes. */
    public TestKey withKid(String other) {
        return new TestKey(other, algorithm, keyPair);
    }

    /** The public JWK with {@code kid}, {@code use} and {@code alg}. */
    public Map<String, Object> publicJwk() {
        Map<String, Object> jwk = new LinkedHashMap<>(bareJwk());
        jwk.put("kid", kid);
        jwk.put("use", "sig");
        jwk.put("alg", algorithm);
        return jwk;
    }

    /** The public JWK with nothing but the key's own members. */
    public Map<String, Object> bareJwk() {
        PublicKey key = keyPair.getPublic();
        if (key instanceof RSAPublicKey || key instanceof ECPublicKey) {
            return TestEncryptionKey.bareJwk(keyPair);
        }
        Map<String, Object> jwk = new LinkedHashMap<>();
        byte[] spki = key.getEncoded();
        jwk.put("kty", "OKP");
        jwk.put("crv", "Ed25519");
        jwk.put("x", Base64Url.encode(Arrays.copyOfRange(spki, spki.length - 32, spki.length)));
        return jwk;
    }

    /** With the private half, as the text of a file: what a client is configured with. */
    public String privateJson() {
        Map<String, Object> jwk = publicJwk();
        if (keyPair.getPrivate() instanceof EdECPrivateKey ed) {
            jwk.put("d", Base64Url.encode(ed.getBytes().orElseThrow()));
        } else {
            TestEncryptionKey.addPrivateHalf(jwk, keyPair);
        }
        return Json.write(jwk);
    }

    /** The private half in PEM: PKCS #8 without a password. */
    public String privatePem() {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keyPair.getPrivate().getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    }

    /** Never the private key: a failed assertion prints its arguments. */
    @Override
    public String toString() {
        return "TestKey[" + kid + ", " + algorithm + "]";
    }
}
