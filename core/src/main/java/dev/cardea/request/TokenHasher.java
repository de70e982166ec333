package dev.cardea.request;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Makes the digests of tokens, with a few SHA-256 machines that whoever comes borrows: one for each request would be a sixth
 * of what a request with a known token allocates, and one per thread is one per request where each has its own virtual thread.
 *
 * <p>Thread-safe without locks: a machine is taken out of its place by one atomic exchange, so nobody else finds it there,
 * and whoever finds the place empty makes another.
 */
public final class TokenHasher {
    private static final int PLACES = 16;
    private static final int APART = 16; // references to a cache line of 64 bytes, so that neighbours do not share one

    private final AtomicReferenceArray<MessageDigest> idle = new AtomicReferenceArray<>(PLACES * APART);

    /** Of the bytes from {@code start} on. */
    TokenDigest digest(byte[] ascii, int start) {
        return digest(ascii, start, ascii.length);
    }

    /** Of the bytes from {@code start} on, up to {@code end}. */
    public TokenDigest digest(byte[] ascii, int start, int end) {
        int place = (int) (Thread.currentThread().getId() & PLACES - 1) * APART;
        MessageDigest borrowed = idle.getAndSet(place, null);
        MessageDigest sha256 = borrowed == null ? sha256() : borrowed;
        sha256.update(ascii, start, end - start);
        TokenDigest digest = new TokenDigest(sha256.digest());
        // Only now: one that an exception left in the middle of a token is not handed on.
        idle.set(place, sha256);
        return digest;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
