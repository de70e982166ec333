package dev.cardea.examples.demo;

import java.time.Instant;

/**
 * A token as the authorization server gave it.
 *
 * @param client the client it was issued to
 * @param expiresAt not before the moment from which it is refused
 */
record AccessToken(String client, String value, Instant expiresAt) {

    @Override
    public String toString() {
        return "token of " + client;
    }
}
