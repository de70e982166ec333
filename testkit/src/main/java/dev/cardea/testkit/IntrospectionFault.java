package dev.cardea.testkit;

/** Introspection answers for an active token that must not be believed (RFC 7662 section 2.2): none means yes, none means no. */
public enum IntrospectionFault implements AnswerFault {
    ACTIVE_AS_STRING("\"active\":\"true\""),
    ACTIVE_AS_NUMBER("\"active\":1"),
    ACTIVE_NULL("\"active\":null"),
    ACTIVE_ARRAY("\"active\":[true]"),
    ACTIVE_MISSING("\"x\":true"),
    ACTIVE_MISSPELT("\"Active\":true"),
    ACTIVE_DUPLICATED("\"active\":true,\"active\":true"),
    ACTIVE_CONTRADICTED("\"active\":false,\"active\":true"),
    ACTIVE_CONTRADICTED_WITH_ESCAPE("\"active\":true,\"activ\\u0065\":false"),
    DUPLICATE_AUDIENCE("\"active\":true,\"aud\":\"https://other.example\"");

    private final String instead;

    IntrospectionFault(String instead) {
        this.instead = instead;
    }

    @Override
    public Answer applyTo(Answer right) {
        return right.withBody(right.text().replace("\"active\":true", instead));
    }
}
