package dev.cardea.request;

import dev.cardea.reject.Reason;

/** What a request presents: nothing that counts, or one token under one scheme. */
public sealed interface Credentials {

    /**
     * No credentials of a kind that is accepted here.
     *
     * @param reason {@link Reason#NO_CREDENTIALS}, {@link Reason#UNSUPPORTED_SCHEME} or {@link Reason#TOKEN_IN_QUERY}
     */
    record Absent(Reason reason) implements Credentials {}

    /** One token under one scheme, both well-formed. */
    record Presented(AuthScheme scheme, PresentedToken token) implements Credentials {}
}
