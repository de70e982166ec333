package dev.cardea.examples.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an answer must be. Of a challenge, what a client acts on: that it is a {@code Bearer} challenge, its
 * {@code error}, which must be absent where none is expected, and its {@code scope} where one is.
 *
 * @param scheme the scheme of the first challenge
 * @param challenged whether there must be a challenge; otherwise there must be none
 * @param body the exact body, or null for any
 * @param locationEnd how {@code Location} must end, or null for any
 */
record Expectation(
        int status,
        boolean challenged,
        String scheme,
        @Nullable String error,
        @Nullable String scope,
        @Nullable String body,
        @Nullable String locationEnd) {
    private static final String BEARER = "Bearer";
    private static final String DPOP = "DPoP";
    private static final Pattern PARAMETER = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

    static Expectation granted(String body) {
        return new Expectation(200, false, BEARER, null, null, body, null);
    }

    static Expectation granted() {
        return new Expectation(200, false, BEARER, null, null, null, null);
    }

    static Expectation created(String locationEnd) {
        return new Expectation(201, false, BEARER, null, null, null, locationEnd);
    }

    static Expectation tokenWanted() {
        return new Expectation(401, true, BEARER, null, null, null, null);
    }

    static Expectation invalidToken() {
        return new Expectation(401, true, BEARER, "invalid_token", null, null, null);
    }

    static Expectation invalidRequest() {
        return new Expectation(400, true, BEARER, "invalid_request", null, null, null);
    }

    static Expectation insufficientScope(String scope) {
        return new Expectation(403, true, BEARER, "insufficient_scope", scope, null, null);
    }

    /** As {@link #invalidToken()}, of one that came with the scheme {@code DPoP}. */
    static Expectation otherKey() {
        return new Expectation(401, true, DPOP, "invalid_token", null, null, null);
    }

    static Expectation invalidProof() {
        return new Expectation(401, true, DPOP, "invalid_dpop_proof", null, null, null);
    }

    /** What is wrong with the answer, in words; empty if nothing is. */
    List<String> complaints(Answer answer) {
        List<String> complaints = new ArrayList<>();
        if (answer.status() != status) {
            complaints.add("status " + status);
        }
        if (challenged != !answer.challenge().isEmpty()) {
            complaints.add(challenged ? "a challenge" : "no challenge");
        }
        if (challenged && !answer.challenge().isEmpty()) {
            complaints.addAll(complaints(answer.challenge()));
        }
        if (body != null && !body.equals(answer.body())) {
            complaints.add("the body " + body);
        }
        if (locationEnd != null && !answer.location().endsWith(locationEnd)) {
            complaints.add("a Location ending in " + locationEnd);
        }
        return complaints;
    }

    private List<String> complaints(String challenge) {
        List<String> complaints = new ArrayList<>();
        Map<String, String> parameters = parameters(challenge);
        if (!challenge.startsWith(scheme + " ") || !parameters.containsKey("realm")) {
            complaints.add("a " + scheme + " challenge with realm");
        }
        if (!Objects.equals(error, parameters.get("error"))) {
            complaints.add(error == null ? "no error code" : "error=\"" + error + "\"");
        }
        if (scope != null && !scope.equals(parameters.get("scope"))) {
            complaints.add("scope=\"" + scope + "\"");
        }
        return complaints;
    }

    private static Map<String, String> parameters(String challenge) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Matcher matcher = PARAMETER.matcher(challenge);
        while (matcher.find()) {
            parameters.put(matcher.group(1), matcher.group(2));
        }
        return parameters;
    }
}
