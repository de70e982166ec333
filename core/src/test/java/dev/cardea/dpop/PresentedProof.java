package dev.cardea.dpop;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A generated proof with the request and the token it came with.
 *
 * @param made what was done to the valid proof, in words
 * @param known what can be said beforehand
 * @param keyThumbprint what the token is bound to
 * @param nonce the one that the server wants to see, or null if it wants none
 */
record PresentedProof(
        List<String> made,
        Known known,
        String proof,
        String method,
        String uri,
        String token,
        byte[] keyThumbprint,
        @Nullable String nonce) {

    /** What can be said of a proof without a verifier. */
    enum Known {
        /** Whoever refuses it is too strict. */
        SOUND,
        /** Whoever accepts it is wrong. */
        FAULTY,
        /** It depends on where chance struck. */
        OPEN
    }

    @Override
    public String toString() {
        return made + " " + method + " " + uri + (nonce == null ? "" : " with a nonce") + ": "
                + (proof.length() > 3000 ? proof.substring(0, 3000) + "..." : proof);
    }
}
