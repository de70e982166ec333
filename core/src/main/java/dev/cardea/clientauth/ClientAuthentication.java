package dev.cardea.clientauth;

import dev.cardea.http.HttpAnswer;
import dev.cardea.http.TransportException;
import dev.cardea.reject.UndeterminedException;

/**
 * Sends a form to an endpoint that wants to know who we are (RFC 7662 2.1). Thread-safe.
 *
 * <p>It proves nothing about the endpoint, and nothing about the answer: an answer that refuses our credentials is an answer
 * like any other.
 */
public interface ClientAuthentication {
    /**
     * The endpoint's answer to {@code call} with our credentials in it. While credentials are being replaced, a call that is
     * refused with some of them is made again with the others, within the call's timeout.
     *
     * @throws TransportException if there is no complete answer in time
     * @throws NoCredentialsException if we have nothing to show, because it would have to be fetched first and was not given
     * @throws UndeterminedException if it is not known where to fetch it
     */
    HttpAnswer send(FormCall call) throws TransportException, NoCredentialsException, UndeterminedException;
}
