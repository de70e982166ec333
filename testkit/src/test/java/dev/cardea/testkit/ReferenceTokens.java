package dev.cardea.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Validates tokens the slow way, by jose4j and by asking each time. */
final class ReferenceTokens {

    static final class Refused extends Exception {

        private static final long serialVersionUID = 1;
        final int status;
        final @Nullable String error;
        final @Nullable String why;
        /** The nonce, or the scopes. */
        final @Nullable String more;

        Refused(int status, @Nullable String error, @Nullable String why, @Nullable String more) {
            this.status = status;
            this.error = error;
            this.why = why;
            this.more = more;
        }
    }

    private final TestAuthorizationServer as;
    private final Set<Weakness> weaknesses;
    private final HttpClient http = HttpClient.newHttpClient();

    ReferenceTokens(TestAuthorizationServer as, Set<Weakness> weaknesses) {
        this.as = as;
        this.weaknesses = weaknesses;
    }

    Map<String, Object> resolve(String token) throws Refused, IOException {
        String first = token.split("\\.", -1)[0];
        boolean jwt = new String(lenient(first), StandardCharsets.UTF_8).contains("\"alg\"");
        try {
            return jwt ? local(token) : introspect(token);
        } catch (JoseException | CharacterCodingException | ClassCastException | IllegalArgumentException e) {
            throw invalid();
        } catch (Refused refused) {
            throw refused;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    static Refused invalid() {
        return invalid("The access token is not valid");
    }

    private static Refused invalid(String why) {
        return new Refused(401, "invalid_token", why, null);
    }

    private Map<String, Object> local(String token) throws Refused, IOException, JoseException, InterruptedException {
        String[] parts = token.split("\\.", -1);
        require(parts.length == 3 && token.length() <= 8192);
        for (String part : parts) {
            require(weaknesses.contains(Weakness.TAKES_LENIENT_BASE64)
                    || Base64Url.encode(lenient(part)).equals(part));
        }
        Map<String, Object> header = json(lenient(parts[0]));
        Map<String, Object> claims = json(lenient(parts[1]));
        require(weaknesses.contains(Weakness.TAKES_ANY_TYP)
                || String.valueOf(header.get("typ")).matches("(?i)(application/)?at\\+jwt"));
        require(java.util.Collections.disjoint(header.keySet(), Set.of("crit", "b64", "zip")));
        verify(token, header);
        return checked(claims);
    }

    private void verify(String token, Map<String, Object> header)
            throws Refused, IOException, JoseException, InterruptedException {
        HttpRequest jwks =
                HttpRequest.newBuilder(URI.create(as.url(Endpoint.JWKS))).build();
        String published = http.send(jwks, HttpResponse.BodyHandlers.ofString()).body();
        String kid = (String) header.get("kid");
        for (JsonWebKey key : new JsonWebKeySet(published).getJsonWebKeys()) {
            if (key.getKeyId().equals(kid) && key.getAlgorithm().equals(header.get("alg"))) {
                JsonWebSignature signature = new JsonWebSignature();
                signature.setCompactSerialization(token);
                signature.setKey(key.getKey());
                require(signature.verifySignature());
                return;
            }
        }
        throw invalid();
    }

    private Map<String, Object> checked(Map<String, Object> claims) throws Refused {
        long now = System.currentTimeMillis() / 1000;
        require(as.issuer().equals(claims.get("iss")));
        Object audience = claims.get("aud");
        require(weaknesses.contains(Weakness.IGNORES_AUDIENCE)
                || TestAuthorizationServer.AUDIENCE.equals(audience)
                || audience instanceof List<?> list && list.contains(TestAuthorizationServer.AUDIENCE));
        require(claims.get("sub") instanceof String && claims.get("client_id") instanceof String);
        require(claims.get("jti") instanceof String);
        if (number(claims.get("exp")) < now - 30 && weaknesses.contains(Weakness.TELLS_THE_REASON)) {
            throw invalid("The access token has expired");
        }
        require(number(claims.get("exp")) > now - 30 && number(claims.get("iat")) < now + 10);
        require(!claims.containsKey("nbf") || number(claims.get("nbf")) < now + 30);
        scopes(claims);
        return claims;
    }

    private Map<String, Object> introspect(String token)
            throws Refused, IOException, JoseException, InterruptedException {
        String basic = TestAuthorizationServer.CLIENT_ID + ":" + TestAuthorizationServer.CLIENT_SECRET;
        HttpRequest request = HttpRequest.newBuilder(URI.create(as.url(Endpoint.INTROSPECTION)))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("token=" + URLEncoder.encode(token, StandardCharsets.UTF_8)))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
        Map<String, Object> metadata = JsonUtil.parseJson(response.body());
        require(Boolean.TRUE.equals(metadata.get("active")));
        return checked(metadata);
    }

    static List<String> scopes(Map<String, Object> claims) throws Refused {
        Object scope = claims.getOrDefault("scope", "");
        require(scope instanceof String
                || scope instanceof List<?> list && list.stream().allMatch(String.class::isInstance));
        return scope instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of(scope.toString().split(" ", -1));
    }

    private static double number(Object value) throws Refused {
        require(value instanceof Number number && Math.abs(number.doubleValue()) < 1e11);
        return ((Number) value).doubleValue();
    }

    static Map<String, Object> json(byte[] bytes) throws Refused, JoseException, CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        require(!text.contains("[[[[[[") && !text.contains("{\"a\":{\"a\":{") && !text.matches("(?s).*[0-9]{100}.*"));
        return JsonUtil.parseJson(text);
    }

    private static byte[] lenient(String segment) {
        return new org.jose4j.base64url.Base64Url().base64UrlDecode(segment);
    }

    private static void require(boolean holds) throws Refused {
        if (!holds) {
            throw invalid();
        }
    }
}
