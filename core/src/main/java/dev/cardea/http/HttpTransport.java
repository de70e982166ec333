package dev.cardea.http;

/**
 * Sends one call and gives its answer, whatever its status. Bounded in time and size; never follows a redirect.
 *
 * <p>Implementations are thread-safe.
 */
public interface HttpTransport {
    /**
     * Sends {@code call} and reads the whole answer within the call's timeout.
     *
     * @throws TransportException if there is no complete answer in time, or it is larger than the call allows
     */
    HttpAnswer send(HttpCall call) throws TransportException;
}
