package dev.cardea.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The demo's exit status is only worth what these say. */
class ExpectationTest {
    private static final String INSUFFICIENT =
            "Bearer realm=\"orders\", error=\"insufficient_scope\", error_description=\"no\", scope=\"a b\"";

    @Test
    void takesTheStatusSeriously() {
        assertThat(Expectation.granted().complaints(granted(200, "x"))).isEmpty();
        assertThat(Expectation.granted().complaints(granted(204, "x"))).containsExactly("status 200");
    }

    @Test
    void takesTheBodySeriously() {
        assertThat(Expectation.granted("x").complaints(granted(200, "x"))).isEmpty();
        assertThat(Expectation.granted("x").complaints(granted(200, "y"))).containsExactly("the body x");
    }

    @Test
    void takesTheLocationSeriously() {
        var created = new Answer(201, "", "http://127.0.0.1/orders/1", "");
        assertThat(Expectation.created("/orders/1").complaints(created)).isEmpty();
        assertThat(Expectation.created("/orders/2").complaints(created))
                .containsExactly("a Location ending in /orders/2");
    }

    @Test
    void wantsTheErrorCodeThatIsExpected() {
        assertThat(Expectation.invalidToken().complaints(refused(401, "Bearer realm=\"r\", error=\"invalid_token\"")))
                .isEmpty();
        assertThat(Expectation.invalidToken().complaints(refused(401, "Bearer realm=\"r\", error=\"invalid_request\"")))
                .containsExactly("error=\"invalid_token\"");
        assertThat(Expectation.invalidToken().complaints(refused(401, "Bearer realm=\"r\"")))
                .containsExactly("error=\"invalid_token\"");
    }

    @Test
    void wantsNoErrorCodeWhereNoTokenWasShown() {
        assertThat(Expectation.tokenWanted().complaints(refused(401, "Bearer realm=\"r\"")))
                .isEmpty();
        assertThat(Expectation.tokenWanted().complaints(refused(401, "Bearer realm=\"r\", error=\"invalid_token\"")))
                .containsExactly("no error code");
    }

    @Test
    void wantsTheScopeThatIsMissing() {
        assertThat(Expectation.insufficientScope("a b").complaints(refused(403, INSUFFICIENT)))
                .isEmpty();
        assertThat(Expectation.insufficientScope("a c").complaints(refused(403, INSUFFICIENT)))
                .containsExactly("scope=\"a c\"");
    }

    @Test
    void wantsAChallengeExactlyWhereOneBelongs() {
        assertThat(Expectation.tokenWanted().complaints(refused(401, ""))).containsExactly("a challenge");
        assertThat(Expectation.granted().complaints(new Answer(200, "Bearer realm=\"r\"", "", "")))
                .containsExactly("no challenge");
    }

    @Test
    void wantsTheSchemeBearerWithARealm() {
        assertThat(Expectation.tokenWanted().complaints(refused(401, "Basic realm=\"r\"")))
                .containsExactly("a Bearer challenge with realm");
        assertThat(Expectation.tokenWanted().complaints(refused(401, "Bearer scope=\"a\"")))
                .containsExactly("a Bearer challenge with realm");
    }

    private static Answer granted(int status, String body) {
        return new Answer(status, "", "", body);
    }

    private static Answer refused(int status, String challenge) {
        return new Answer(status, challenge, "", "");
    }
}
