package dev.cardea.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeSet;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/** What somebody else's library says about a proof. */
final class ProofOracle {

    static final String TOKEN = "opaque-token";
    static final String URI = "https://api.example:8443/shop/orders";

    private ProofOracle() {}

    static DpopProof valid(DpopKey key) {
        return DpopProof.of(key, "GET", URI, java.time.Clock.fixed(Oracle.NOW, java.time.ZoneOffset.UTC))
                .token(TOKEN)
                .nonce("nonce-of-the-server");
    }

    /** With the key in the header. jose4j does not know {@code Ed25519} as an algorithm's name. */
    static JwtClaims verify(String proof) throws Exception {
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver((jws, nesting) -> key(jws).getKey())
                .setExpectedType(true, "dpop+jwt")
                .setRequireJwtId()
                .setRequireIssuedAt()
                .setRelaxVerificationKeyValidation()
                .setEvaluationTime(NumericDate.fromSeconds(Oracle.NOW.getEpochSecond()))
                .build()
                .processToClaims(proof);
    }

    private static PublicJsonWebKey key(org.jose4j.jwx.JsonWebStructure jws)
            throws org.jose4j.lang.UnresolvableKeyException {
        try {
            return jws.getHeaders().getPublicJwkHeaderValue("jwk", null);
        } catch (org.jose4j.lang.JoseException e) {
            throw new org.jose4j.lang.UnresolvableKeyException("jwk", e);
        }
    }

    static boolean signatureHolds(String proof) throws Exception {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setCompactSerialization(proof);
        jws.setKey(jws.getHeaders().getPublicJwkHeaderValue("jwk", null).getKey());
        jws.setDoKeyValidation(false);
        return jws.verifySignature();
    }

    /** Under the key that made it, whatever the header says. */
    static boolean signedBy(DpopKey key, String proof) throws Exception {
        JsonWebSignature jws = new JsonWebSignature();
        jws.setCompactSerialization(proof);
        jws.setKey(PublicJsonWebKey.Factory.newPublicJwk(Json.write(key.jwk())).getKey());
        return jws.verifySignature();
    }

    /** Names of the members in segment {@code index} that differ. */
    static TreeSet<String> changed(int index, String one, String other) throws Exception {
        return Oracle.changedMembers(index, one, other);
    }

    static Map<String, Object> header(String proof) throws Exception {
        return JsonUtil.parseJson(
                new String(Base64Url.decode(proof.substring(0, proof.indexOf('.'))), StandardCharsets.UTF_8));
    }
}
