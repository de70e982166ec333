package dev.cardea.token;

/** Whom the subject of a token names: {@code dev.cardea.SubjectType}, below the API. {@link SubjectRule} decides. */
public enum SubjectKind {
    USER,
    CLIENT,
    UNKNOWN
}
