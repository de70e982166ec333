package dev.cardea.testkit;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeSet;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jspecify.annotations.Nullable;

/** What somebody else's library and the JDK say about a token. */
final class Oracle {

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final String ISSUER = "https://as.example/realm";
    static final String AUDIENCE = "https://api.example/orders";

    private Oracle() {}

    static AccessTokens valid() {
        return AccessTokens.of(ISSUER, AUDIENCE, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    static JwtClaims verify(String token, PublicKey key) throws Exception {
        return new JwtConsumerBuilder()
                .setVerificationKey(key)
                .setExpectedType(true, "at+jwt")
                .setExpectedIssuer(ISSUER)
                .setExpectedAudience(AUDIENCE)
                .setRequireSubject()
                .setRequireJwtId()
                .setRequireIssuedAt()
                .setRequireExpirationTime()
                .setEvaluationTime(NumericDate.fromSeconds(NOW.getEpochSecond()))
                .build()
                .processToClaims(token);
    }

    static boolean signatureHolds(String token) throws Exception {
        int dot = token.lastIndexOf('.');
        Signature rsa = Signature.getInstance("SHA256withRSA");
        rsa.initVerify(TestKeys.rsa().keyPair().getPublic());
        rsa.update(token.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
        return rsa.verify(Base64Url.decode(token.substring(dot + 1)));
    }

    /** Names of the members in segment {@code index} that differ between the tokens. */
    static TreeSet<String> changedMembers(int index, String one, String other) throws Exception {
        Map<String, Object> left = segment(index, one);
        Map<String, Object> right = segment(index, other);
        TreeSet<String> changed = new TreeSet<>(left.keySet());
        changed.addAll(right.keySet());
        changed.removeIf(name -> left.containsKey(name)
                && right.containsKey(name)
                && typed(left.get(name)).equals(typed(right.get(name))));
        return changed;
    }

    private static String typed(@Nullable Object value) {
        return value == null ? "null" : value.getClass().getName() + value;
    }

    private static Map<String, Object> segment(int index, String token) throws Exception {
        String text = token.split("\\.", -1)[index];
        return JsonUtil.parseJson(new String(Base64Url.decode(text), StandardCharsets.UTF_8));
    }
}
