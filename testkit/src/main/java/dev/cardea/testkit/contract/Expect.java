package dev.cardea.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.testkit.ProofFault;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The answers that a resource server may give, each a check of everything the client sees. A resource server that takes
 * bound tokens too asks for either kind: one challenge for each scheme, each in a field line of its own (RFC 9449 section
 * 7.2, and because clients that cannot tell commas apart exist). An error stands at the scheme that was used.
 */
public final class Expect {

    private static final String BEARER = "Bearer";
    private static final String DPOP = "DPoP";
    private static final Pattern NONCE = Pattern.compile("[!#-\\[\\]-~]+");

    private Expect() {}

    public static void granted(RawResponse response) {
        assertThat(response.status()).as("granted: %s", response).isBetween(200, 299);
        assertThat(response.all("WWW-Authenticate"))
                .as("no challenge: %s", response)
                .isEmpty();
        nonce(response);
    }

    /** Asked for credentials: challenges without an error code (RFC 6750 section 3.1, last paragraph). */
    public static void challenged(RawResponse response) {
        noError(refused(response, 401, BEARER));
    }

    /** Asked for credentials, and bound tokens are welcome: a challenge for each scheme, neither with an error code. */
    public static void challengedForBoth(RawResponse response) {
        challenged(response);
        noError(refused(response, 401, DPOP));
    }

    /** Asked for credentials, and no other than bound tokens are welcome. */
    public static void challengedForDpop(RawResponse response) {
        noError(refused(response, 401, DPOP));
        assertThat(challenges(response, 401)).as("one challenge: %s", response).hasSize(1);
    }

    public static void malformed(RawResponse response) {
        assertThat(challenges(response, 400))
                .as("error: %s", response)
                .allSatisfy(
                        challenge -> assertThat(challenge.parameter("error")).isIn(null, "invalid_request"))
                .anySatisfy(
                        challenge -> assertThat(challenge.parameter("error")).isEqualTo("invalid_request"));
    }

    /** A token in the scheme {@code Bearer}. */
    public static void invalidToken(RawResponse response) {
        error(response, 401, BEARER, "invalid_token");
    }

    /** A token in the scheme {@code DPoP}, or its binding: the proof may be as good as it likes. */
    public static void invalidBoundToken(RawResponse response) {
        error(response, 401, DPOP, "invalid_token");
    }

    /** RFC 9449 section 4.3. */
    public static void invalidProof(RawResponse response) {
        error(response, 401, DPOP, "invalid_dpop_proof");
    }

    /** RFC 9449 section 9. Answers the nonce. */
    public static String nonceNeeded(RawResponse response) {
        error(response, 401, DPOP, "use_dpop_nonce");
        String nonce = nonce(response);
        assertThat(nonce).as("a nonce: %s", response).isNotNull();
        return String.valueOf(nonce);
    }

    /** The error code that the fault should have, with all that goes with it. */
    public static void refusedFor(ProofFault fault, RawResponse response) {
        Challenge challenge = refused(response, 401, DPOP);
        if (fault.rescuable() && "use_dpop_nonce".equals(challenge.parameter("error"))) {
            nonceNeeded(response);
            return;
        }
        error(response, 401, DPOP, fault.error());
        if (fault.error().equals("use_dpop_nonce")) {
            nonceNeeded(response);
        }
    }

    public static void insufficientScope(RawResponse response, String... required) {
        insufficientScope(response, BEARER, required);
    }

    /** Of a token in the scheme {@code DPoP}. */
    public static void insufficientBoundScope(RawResponse response, String... required) {
        insufficientScope(response, DPOP, required);
    }

    private static void insufficientScope(RawResponse response, String scheme, String... required) {
        Challenge challenge = error(response, 403, scheme, "insufficient_scope");
        assertThat(String.valueOf(challenge.parameter("scope")).split(" ", -1))
                .as("required scopes: %s", response)
                .containsExactlyInAnyOrder(required);
    }

    /** Not by this way: a challenge without an error code, since the credentials were not looked at. */
    public static void tlsRequired(RawResponse response) {
        challenges(response, 403).forEach(Expect::noError);
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

    private static void noError(Challenge challenge) {
        assertThat(challenge.parameters())
                .as("no error: %s", challenge)
                .doesNotContainKeys("error", "error_description");
    }

    /** The error and its description at this scheme's challenge, and at no other. */
    private static Challenge error(RawResponse response, int status, String scheme, String error) {
        Challenge challenge = refused(response, status, scheme);
        assertThat(challenge.parameter("error")).as("error: %s", response).isEqualTo(error);
        assertThat(challenge.parameter("error_description"))
                .as("says why: %s", response)
                .isNotBlank();
        challenges(response, status).stream()
                .filter(other -> !other.equals(challenge))
                .forEach(Expect::noError);
        return challenge;
    }

    private static Challenge refused(RawResponse response, int status, String scheme) {
        List<Challenge> ofScheme = challenges(response, status).stream()
                .filter(challenge -> challenge.scheme().equals(scheme))
                .toList();
        assertThat(ofScheme).as("one challenge for %s: %s", scheme, response).hasSize(1);
        return ofScheme.get(0);
    }

    /** One for each scheme at most, one in each field, each with a realm (RFC 6750 section 3). */
    private static List<Challenge> challenges(RawResponse response, int status) {
        assertThat(response.status()).as("status: %s", response).isEqualTo(status);
        List<String> fields = response.all("WWW-Authenticate");
        List<Challenge> challenges = Challenges.parse(fields);
        assertThat(challenges).as("one challenge in each field: %s", response).hasSameSizeAs(fields);
        assertThat(challenges)
                .as("one for each scheme: %s", response)
                .isNotEmpty()
                .extracting(Challenge::scheme)
                .doesNotHaveDuplicates()
                .isSubsetOf(BEARER, DPOP);
        challenges.forEach(Expect::wellFormed);
        nonce(response);
        tellsNothing(response);
        return challenges;
    }

    private static void wellFormed(Challenge challenge) {
        Set<String> known = new LinkedHashSet<>(
                Set.of("realm", "scope", "error", "error_description", "error_uri", "resource_metadata"));
        if (challenge.scheme().equals(DPOP)) {
            known.add("algs");
            assertThat(String.valueOf(challenge.parameter("algs")))
                    .as("algs: %s", challenge)
                    .matches("[A-Za-z0-9]+( [A-Za-z0-9]+)*")
                    .doesNotContain("none", "HS256", "null");
        }
        assertThat(challenge.parameter("realm")).as("realm: %s", challenge).isNotNull();
        assertThat(challenge.parameters().keySet())
                .as("known parameters: %s", challenge)
                .isSubsetOf(known);
    }

    /** RFC 9449 section 8: one at most, of {@code NQCHAR}. A nonce may not be kept by a cache. */
    private static @Nullable String nonce(RawResponse response) {
        List<String> nonces = response.all("DPoP-Nonce");
        assertThat(nonces).as("one nonce: %s", response).hasSizeLessThan(2).allMatch(NONCE.asMatchPredicate());
        if (!nonces.isEmpty()) {
            assertThat(response.all("Cache-Control"))
                    .as("not to be kept: %s", response)
                    .contains("no-store");
        }
        return nonces.isEmpty() ? null : nonces.get(0);
    }

    private static void tellsNothing(RawResponse response) {
        assertThat(response.toString().replaceAll("(?im)^dpop-nonce:.*$", ""))
                .as("no insides shown")
                .doesNotContain("Exception", "dev.cardea", "jose4j", "ehcache", "\tat ", "eyJ");
        assertThat(response.all("Set-Cookie")).as("no session for a refusal").isEmpty();
    }
}
