package dev.cardea;

import java.util.List;
import javax.management.MXBean;
import org.jspecify.annotations.Nullable;

/**
 * What an operator may see and do while an application runs: by JMX, as
 * {@code dev.cardea:type=ResourceServer,name="/context-path"}, and by code, from {@link ResourceServer#management()} or
 * {@code @Inject Management}.
 *
 * <p>Invalidating makes remembered introspection answers count no more, those included that are on their way: the authorization
 * server is asked again. It refuses nobody by itself, and has no effect on a JWT that is verified here and not introspected.
 *
 * <p>Nothing here survives a restart, nor reaches other nodes. Thread-safe. Whoever may call it may slow the application down, or
 * switch an outage to another policy; protect JMX accordingly.
 */
@MXBean
public interface Management {
    /** What the application is called: its context path, or {@code /}. */
    String getName();

    /** Every introspection endpoint that is asked, the main one first. */
    List<IntrospectionStatistics> getIntrospection();

    /** What has become of DPoP proofs. */
    ProofStatistics getProofs();

    /**
     * {@code cardea.when-unavailable} as it holds now: {@code deny}, {@code stale}, {@code local} or {@code anonymous}; empty if it
     * was never said.
     */
    String getWhenUnavailable();

    /**
     * Says what happens, from the next request on, to tokens that cannot be introspected; for paths whose rule does not say it.
     *
     * @param word as {@code cardea.when-unavailable}; empty for not set
     * @throws IllegalArgumentException for any other word, and for {@code stale} without {@code cardea.stale-for}; nothing changes
     */
    void setWhenUnavailable(String word);

    /** Everything that is remembered counts no more: introspection answers, and which JWTs were verified. */
    void flush();

    /**
     * What is remembered of one token counts no more.
     *
     * @param token the token itself; it is neither kept nor logged
     * @throws IllegalArgumentException if it has characters that no token has
     */
    void invalidateToken(String token);

    /**
     * As {@link #invalidateToken}, of every token of a subject ({@code sub}).
     *
     * @param issuer whose subject it is; null or empty for the subject of that name of every issuer
     */
    void invalidateSubject(@Nullable String issuer, String subject);

    /** As {@link #invalidateToken}, of every token of a session ({@code sid}). */
    void invalidateSession(String session);

    /** As {@link #invalidateToken}, of every token of a client ({@code client_id}). */
    void invalidateClient(String clientId);

    /** As {@link #invalidateToken}, of every token of an issuer ({@code iss}). */
    void invalidateIssuer(String issuer);

    /**
     * As {@link #invalidateToken}, of every answer of one introspection endpoint.
     *
     * @param name that of {@code cardea.issuers.<name>}; empty for the main one
     * @throws IllegalArgumentException if no endpoint is called so
     */
    void invalidateTenant(String name);
}
