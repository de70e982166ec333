package dev.cardea;

import java.util.Objects;

/**
 * Who a subject is, to tell it from every other: what application data should be keyed by (ASVS 5.0 10.3.3).
 *
 * <p>Equal only if issuer, subject and type are equal, code point by code point. The issuer, because a subject exists at
 * each of them; the type, because a client may have been registered under the text of a user's subject (RFC 9700 4.15).
 * Never an e-mail address or a name, which can be given to somebody else. Between two subjects of
 * {@link SubjectType#UNKNOWN} the type cannot help.
 *
 * @param issuer {@code iss}
 * @param subject {@code sub}
 * @param type what {@link Caller#subjectType()} found; depends on what the token says, so that a JWT and an introspection
 *     answer that say different things about one subject may give different identities
 */
public record SubjectIdentity(String issuer, String subject, SubjectType type) {
    public SubjectIdentity {
        Objects.requireNonNull(issuer);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(type);
    }
}
