package dev.cardea;

/**
 * For whom a token speaks: a user, or the client itself that it was issued to (RFC 9700 4.15, RFC 9068 5).
 *
 * <p>No claim of RFC 9068 says so, and the authorization server may register a client under the text of a user's
 * {@code sub}. So this is concluded, from claims that the authorization server wrote:
 *
 * <ul>
 *   <li>{@link #CLIENT}: {@code sub} is the client's id, or there is no {@code sub} and nothing else names a person, or the
 *       product marks its client credentials grant ({@code gty}, {@code idtyp}, {@code grant_type}; with the profile
 *       {@code keycloak} {@code clientHost} and {@code clientAddress});
 *   <li>{@link #USER}: {@code sub} is not the client's id and no mark says otherwise; with the profile {@code keycloak},
 *       where a client's {@code sub} never is its id, there has to be a session, {@code sid}, as well;
 *   <li>{@link #UNKNOWN}: everything else. Signs of both, such as {@code sub} equal to the client's id beside a
 *       {@code sid} or {@code auth_time}; a token that names no client, as JWTs of Spring Authorization Server.
 * </ul>
 *
 * <p>Does not prove that a human being is there: a user's token may have been refreshed, or exchanged by an
 * {@linkplain Caller#actor() actor}. And it is no better than the authorization server: where that gives clients a
 * {@code sub} of their own and no mark, a client looks like a user.
 */
public enum SubjectType {
    /** A person, or whatever else has an account. */
    USER,
    /** The client itself, by the client credentials grant. */
    CLIENT,
    /** The token does not tell; also the anonymous caller. */
    UNKNOWN
}
