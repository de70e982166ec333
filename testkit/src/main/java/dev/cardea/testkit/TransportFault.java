package dev.cardea.testkit;

import java.util.function.UnaryOperator;

/** What can be wrong with any HTTP answer, whatever it should have said. None of them says anything about a token. */
public enum TransportFault implements AnswerFault {
    BAD_REQUEST(right -> Answer.of(400, "application/json", "{\"error\":\"invalid_request\"}")),
    UNAUTHORIZED(right -> Answer.of(401, "application/json", "{\"error\":\"invalid_client\"}")
            .withHeader("WWW-Authenticate", "Basic realm=\"as\"")),
    FORBIDDEN(right -> right.withStatus(403)),
    NOT_FOUND(right -> Answer.of(404, "text/html", "<h1>Not Found</h1>")),
    TOO_MANY_REQUESTS(right -> Answer.of(429, "text/plain", "slow down").withHeader("Retry-After", "7")),
    SERVER_ERROR(right -> Answer.of(500, "text/plain", "boom")),
    SERVER_ERROR_WITH_THE_RIGHT_BODY(right -> right.withStatus(500)),
    UNAVAILABLE(right -> Answer.of(503, "text/plain", "later").withHeader("Retry-After", "7")),
    HTML(right -> Answer.of(200, "text/html", "<html><body>Sign in</body></html>")),
    HTML_CALLED_JSON(right -> right.withBody("<html><body>Sign in</body></html>")),
    WRONG_CONTENT_TYPE(right -> right.withHeader("Content-Type", "text/html")),
    EMPTY(right -> right.withBody("")),
    NO_CONTENT(right -> right.withBody("").withStatus(204)),
    /** Complete as HTTP, cut as JSON. */
    TRUNCATED_JSON(
            right -> right.withBody(right.text().substring(0, right.text().length() / 2))),
    /** Twenty megabytes that begin with the right document. */
    HUGE(right -> right.withBody(right.text() + " ".repeat(20 * 1024 * 1024))),
    DEEP_JSON(right -> right.withBody("[".repeat(50_000))),
    /** To an attacker's endpoint on the same server, which gives the answer an attacker would like. */
    REDIRECT(right -> right.withBody("").withStatus(302).withHeader("Location", "/attacker/redirected")),
    REDIRECT_KEEPING_THE_METHOD(
            right -> right.withBody("").withStatus(307).withHeader("Location", "/attacker/redirected")),
    CUT_OFF(right -> right.ending(Answer.Ending.CUT_OFF)),
    CLOSED(right -> right.ending(Answer.Ending.CLOSED)),
    RESET(right -> right.ending(Answer.Ending.RESET)),
    HANGING(right -> right.ending(Answer.Ending.HANGING)),
    NOT_HTTP(right -> right.ending(Answer.Ending.NOT_HTTP));

    private final UnaryOperator<Answer> change;

    TransportFault(UnaryOperator<Answer> change) {
        this.change = change;
    }

    @Override
    public Answer applyTo(Answer right) {
        return change.apply(right);
    }
}
