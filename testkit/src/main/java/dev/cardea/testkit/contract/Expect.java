package dev.cardea.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;

/** The answers that a resource server may give, each a check of everything the client sees. */
public final class Expect {

    private Expect() {}

    public static void granted(RawResponse response) {
        assertThat(response.status()).as("granted: %s", response).isBetween(200, 299);
        assertThat(response.all("WWW-Authenticate"))
                .as("no challenge: %s", response)
                .isEmpty();
    }

    /** Asked for credentials: a challenge without an error code (RFC 6750 section 3.1, last paragraph). */
    public static void challenged(RawResponse response) {
        Challenge challenge = refused(response, 401);
        assertThat(challenge.parameters())
                .as("no error: %s", response)
                .doesNotContainKeys("error", "error_description");
    }

    public static void malformed(RawResponse response) {
        Challenge challenge = refused(response, 400);
        assertThat(challenge.parameter("error")).as("error: %s", response).isEqualTo("invalid_request");
    }

    public static void invalidToken(RawResponse response) {
        Challenge challenge = refused(response, 401);
        assertThat(challenge.parameter("error")).as("error: %s", response).isEqualTo("invalid_token");
        assertThat(challenge.parameter("error_description"))
                .as("says why: %s", response)
                .isNotBlank();
    }

    public static void insufficientScope(RawResponse response, String... required) {
        Challenge challenge = refused(response, 403);
        assertThat(challenge.parameter("error")).as("error: %s", response).isEqualTo("insufficient_scope");
        assertThat(String.valueOf(challenge.parameter("scope")).split(" ", -1))
                .as("required scopes: %s", response)
                .containsExactlyInAnyOrder(required);
    }

    /** Not by this way: a challenge without an error code, since the credentials were not looked at. */
    public static void tlsRequired(RawResponse response) {
        Challenge challenge = refused(response, 403);
        assertThat(challenge.parameters())
                .as("no error: %s", response)
                .doesNotContainKeys("error", "error_description");
    }

    /** We cannot tell: nothing that blames the client. */
    public static void unavailable(RawResponse response) {
        assertThat(response.status()).as("unavailable: %s", response).isEqualTo(503);
        assertThat(response.all("Retry-After"))
                .as("when to come back: %s", response)
                .hasSize(1);
        assertThat(response.all("Retry-After").get(0)).matches("[0-9]+");
        assertThat(response.all("WWW-Authenticate"))
                .as("no blame: %s", response)
                .isEmpty();
        tellsNothing(response);
    }

    /** By the product or by the server in front of it, which may hang up on what is no HTTP. */
    public static void refusedSomehow(RawResponse response) {
        assertThat(response.status()).as("refused: %s", response).isIn(0, 400, 401, 413, 431);
        tellsNothing(response);
    }

    /** Exactly one challenge, for Bearer, with a realm, in exactly one field (RFC 6750 section 3). */
    private static Challenge refused(RawResponse response, int status) {
        assertThat(response.status()).as("status: %s", response).isEqualTo(status);
        List<String> fields = response.all("WWW-Authenticate");
        assertThat(fields).as("one field: %s", response).hasSize(1);
        List<Challenge> challenges = Challenges.parse(fields);
        assertThat(challenges).as("one challenge: %s", response).hasSize(1);
        Challenge challenge = challenges.get(0);
        assertThat(challenge.scheme()).isEqualTo("Bearer");
        assertThat(challenge.parameter("realm")).as("realm: %s", response).isNotNull();
        assertThat(challenge.parameters().keySet())
                .as("known parameters: %s", response)
                .isSubsetOf(Set.of("realm", "scope", "error", "error_description", "error_uri", "resource_metadata"));
        tellsNothing(response);
        return challenge;
    }

    private static void tellsNothing(RawResponse response) {
        assertThat(response.toString())
                .as("no insides shown")
                .doesNotContain("Exception", "dev.cardea", "jose4j", "ehcache", "\tat ", "eyJ");
        assertThat(response.all("Set-Cookie")).as("no session for a refusal").isEmpty();
    }
}
