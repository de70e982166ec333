package dev.cardea.testkit;

import java.util.function.UnaryOperator;

/** Discovery documents that must not be believed (RFC 8414 section 3.3). */
public enum MetadataFault implements AnswerFault {
    OTHER_ISSUER(json -> json.replaceFirst("\"issuer\":\"[^\"]*\"", "\"issuer\":\"https://other.example\"")),
    ISSUER_WITH_TRAILING_SLASH(json -> json.replaceFirst("\"issuer\":\"([^\"]*)\"", "\"issuer\":\"$1/\"")),
    ISSUER_MISSING(json -> json.replaceFirst("\"issuer\":\"[^\"]*\",", "")),
    ISSUER_DUPLICATED(json -> json.replaceFirst("\\{", "{\"issuer\":\"https://other.example\",")),
    JWKS_URI_MISSING(json -> json.replaceFirst(",\"jwks_uri\":\"[^\"]*\"", "")),
    JWKS_URI_NUMBER(json -> json.replaceFirst("\"jwks_uri\":\"[^\"]*\"", "\"jwks_uri\":42")),
    AN_ARRAY(json -> "[" + json + "]");

    private final UnaryOperator<String> change;

    MetadataFault(UnaryOperator<String> change) {
        this.change = change;
    }

    @Override
    public Answer applyTo(Answer right) {
        return right.withBody(change.apply(right.text()));
    }
}
