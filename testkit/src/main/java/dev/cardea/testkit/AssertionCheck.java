package dev.cardea.testkit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** What a careful authorization server asks of a client assertion (RFC 7523 3): with the JDK alone. */
final class AssertionCheck {

    static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static final long LONGEST_LIFETIME_SECONDS = 300;
    private static final Pattern MEMBER =
            Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"\\s*:\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(-?[0-9]+))");

    private final Set<String> audiences;
    private final Clock clock;
    private final Set<String> used = ConcurrentHashMap.newKeySet();

    /** @param audiences each of these is us */
    AssertionCheck(Set<String> audiences, Clock clock) {
        this.audiences = audiences;
        this.clock = clock;
    }

    /** The client that the assertion speaks for, if it were right. */
    static @Nullable String subject(String assertion) {
        String[] parts = assertion.split("\\.", -1);
        return parts.length == 3 ? members(parts[1]).get("sub") : null;
    }

    /** Null if there is nothing wrong, else what. Remembers the {@code jti} of what is right. */
    @Nullable
    String problem(TestClient client, String assertion) {
        String[] parts = assertion.split("\\.", -1);
        if (parts.length != 3) {
            return "not three parts";
        }
        Map<String, String> claims = members(parts[1]);
        if (!client.signed(assertion, members(parts[0]))) {
            return "signature";
        }
        if (!client.id().equals(claims.get("iss")) || !client.id().equals(claims.get("sub"))) {
            return "iss or sub";
        }
        if (!audiences.contains(claims.getOrDefault("aud", ""))) {
            return "aud";
        }
        long now = clock.instant().getEpochSecond();
        long exp = Long.parseLong(claims.getOrDefault("exp", "0"));
        long iat = Long.parseLong(claims.getOrDefault("iat", "0"));
        if (exp <= now || exp > now + LONGEST_LIFETIME_SECONDS || iat > now || iat < now - LONGEST_LIFETIME_SECONDS) {
            return "times";
        }
        String jti = claims.get("jti");
        return jti == null || !used.add(jti) ? "jti missing or used before" : null;
    }

    static boolean isSignedBy(String secret, String assertion, Map<String, String> header) {
        byte[] right = hmac(secret, signingInput(assertion));
        return "HS256".equals(header.get("alg")) && MessageDigest.isEqual(right, signature(assertion));
    }

    private static byte[] hmac(String secret, byte[] input) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean isSignedBy(TestKey key, String assertion, Map<String, String> header) {
        String kid = header.get("kid");
        if (!key.algorithm().equals(header.get("alg")) || (kid != null && !kid.equals(key.kid()))) {
            return false;
        }
        try {
            Signature verifier = key.verifier();
            verifier.update(signingInput(assertion));
            return verifier.verify(signature(assertion));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] signingInput(String assertion) {
        return assertion.substring(0, assertion.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] signature(String assertion) {
        return Base64.getUrlDecoder().decode(assertion.substring(assertion.lastIndexOf('.') + 1));
    }

    /** The members of a flat object whose values are strings and whole numbers. */
    private static Map<String, String> members(String part) {
        String json = new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
        Map<String, String> members = new LinkedHashMap<>();
        Matcher member = MEMBER.matcher(json);
        while (member.find()) {
            String text = member.group(2);
            members.put(member.group(1), text == null ? member.group(3) : text.replaceAll("\\\\(.)", "$1"));
        }
        return members;
    }
}
