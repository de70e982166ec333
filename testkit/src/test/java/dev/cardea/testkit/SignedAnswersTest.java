package dev.cardea.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What somebody else's library says about the test server's signed answers. */
class SignedAnswersTest {
    private final TestAuthorizationServer as = TestAuthorizationServer.start(Clock.fixed(Oracle.NOW, ZoneOffset.UTC));
    private final String token = as.issueOpaque("orders:read");

    @AfterEach
    void stop() {
        as.close();
    }

    @Test
    void anAnswerIsSignedForWhoeverAcceptsNothingElse() throws Exception {
        HttpResponse<String> signed = ask("application/token-introspection+jwt");
        assertThat(signed.headers().allValues("content-type")).containsExactly("application/token-introspection+jwt");
        JwtClaims claims = verify(signed.body());
        assertThat(claims.getClaimNames()).containsExactlyInAnyOrder("iss", "aud", "iat", "token_introspection");
        assertThat(claims.getIssuedAt().getValue()).isEqualTo(Oracle.NOW.getEpochSecond());
        assertThat(claims.getClaimValue("token_introspection", Map.class))
                .containsEntry("active", true)
                .containsEntry("scope", "orders:read");

        assertThat(ask("application/json").body()).startsWith("{\"active\":true,");
        as.revoke(token);
        assertThat(verify(ask("application/token-introspection+jwt").body())
                        .getClaimValue("token_introspection", Map.class))
                .isEqualTo(Map.of("active", false));
    }

    @ParameterizedTest
    @EnumSource
    void aFaultIsSignedLikeTheRightAnswerAndDiffersFromIt(SignedAnswerFault fault) throws Exception {
        List<AccessTokens> answers = new ArrayList<>();
        as.writeSignedAnswers(right -> {
            answers.add(right);
            return fault.applyTo(right);
        });
        String faulted = ask("application/token-introspection+jwt").body();

        assertThat(Oracle.signatureHolds(faulted)).isTrue();
        String right = answers.get(0).build();
        verify(right);
        assertThat(faulted).as(fault.what()).isNotEqualTo(right);
        assertThat(fault.requirements()).isNotEmpty();
        as.heal();
        assertThat(ask("application/token-introspection+jwt").body()).isEqualTo(right);
    }

    private JwtClaims verify(String answer) throws Exception {
        return new JwtConsumerBuilder()
                .setVerificationKey(TestKeys.rsa().keyPair().getPublic())
                .setExpectedType(true, "token-introspection+jwt")
                .setExpectedIssuer(as.issuer())
                .setExpectedAudience(TestAuthorizationServer.CLIENT_ID)
                .setRequireIssuedAt()
                .setEvaluationTime(NumericDate.fromSeconds(Oracle.NOW.getEpochSecond()))
                .build()
                .processToClaims(answer);
    }

    private HttpResponse<String> ask(String accept) throws Exception {
        String client = TestAuthorizationServer.CLIENT_ID + ":" + TestAuthorizationServer.CLIENT_SECRET;
        HttpRequest request = HttpRequest.newBuilder(URI.create(as.url(Endpoint.INTROSPECTION)))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", accept)
                .POST(HttpRequest.BodyPublishers.ofString("token=" + token))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
