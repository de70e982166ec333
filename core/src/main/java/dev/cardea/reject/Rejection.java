package dev.cardea.reject;

/**
 * The client is at fault: a reason, and the operator's voice about it.
 *
 * @param reason what the client is told
 * @param detail what the operator is told: precise, made of our own words and configured values; a value taken from
 *     the request only where {@link Quoted} made it safe. Never a token, key or secret
 */
public record Rejection(Reason reason, String detail) {}
