package dev.cardea.dpop;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

/**
 * Nonces for proofs (RFC 9449 8 and 9), of which nothing is kept: a nonce says itself when it was made, and carries a code over
 * that time and the thumbprint of the proof's key, which only who has the secret can make.
 *
 * <p>A valid nonce proves that whoever made the proof had been given that nonce by a resource server with one of our secrets, for
 * this very key, not longer ago than the lifetime. It does not prove that the proof is used for the first time.
 *
 * <p>Nonces of one fifth of the lifetime are the same, so a client gets a new one that often, and the last five are
 * accepted at any time: each for four fifths of the lifetime at least. One from up to a fifth in the future is accepted too: it is
 * of another node, whose clock is ahead.
 *
 * <p>Written out: the secret's id in 4 bytes, the time in 7, 16 bytes of HMAC-SHA-256, in base64url. What an authorization server
 * gives out is refused even if it has the same secret: the code is made over a label of ours. Immutable but for the secrets;
 * thread-safe.
 */
public final class Nonces {
    private static final int STEPS = 5;
    private static final int LENGTH = NonceKey.BYTES / 3 * 4; // no bit is left over, so there is one spelling

    private final Supplier<List<byte[]>> secretsNewestFirst;
    private final long lifetimeMillis;
    private final long stepMillis;
    private final Clock clock;
    private volatile Keys keys;

    /**
     * @param secretsNewestFirst at least one; the first makes nonces, those of all are accepted. Asked each time; a list that was
     *     returned before is not looked at again. See {@link NonceSecrets}
     * @param lifetime how long a nonce is accepted at most, at least 5 milliseconds
     */
    public Nonces(Supplier<List<byte[]>> secretsNewestFirst, Duration lifetime, Clock clock) {
        this.secretsNewestFirst = secretsNewestFirst;
        this.lifetimeMillis = lifetime.toMillis();
        this.stepMillis = Math.max(1, lifetimeMillis / STEPS);
        this.clock = clock;
        this.keys = Keys.of(secretsNewestFirst.get());
    }

    /**
     * What is to be said of a nonce.
     *
     * @param isValid whether it is ours, for this key, and recent
     * @param isNewest whether there is none newer to be given out
     * @param acceptedUntilMillis when it stops being accepted, in milliseconds since 1970, this one excluded; for an invalid one
     *     without a meaning
     */
    public record Checked(boolean isValid, boolean isNewest, long acceptedUntilMillis) {
        /** Not ours, of another key, or too old: nobody is told which. */
        public static final Checked INVALID = new Checked(false, false, Long.MIN_VALUE);
    }

    /**
     * The nonce that proofs with a key should have from now on: 36 characters out of {@code A-Z a-z 0-9 - _}.
     *
     * @param jkt the thumbprint of the key, 32 bytes
     */
    public String newest(byte[] jkt) {
        return keys().newestFirst[0].nonce(stepOf(clock.millis()), jkt);
    }

    /**
     * Whether {@code nonce} is one of ours for the key of {@code jkt}.
     *
     * @param nonce whatever stands in the proof. What cannot be one costs no code to be computed
     */
    public Checked check(String nonce, byte[] jkt) {
        if (!isWellFormed(nonce)) {
            return Checked.INVALID;
        }
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(nonce));
        int id = bytes.getInt();
        long time = bytes.getLong(NonceKey.ID_BYTES) >> Byte.SIZE;
        long now = clock.millis();
        boolean isInWindow = time <= now + stepMillis && now < time + lifetimeMillis;
        Keys known = keys();
        int place = isInWindow ? known.place(id, nonce, time, jkt) : Keys.NOWHERE;
        return place == Keys.NOWHERE
                ? Checked.INVALID
                : new Checked(true, place == 0 && time >= stepOf(now), time + lifetimeMillis);
    }

    /** So that decoding cannot fail, and whatever is long has cost nothing. */
    private static boolean isWellFormed(String nonce) {
        if (nonce.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = nonce.charAt(i);
            if (!isOfBase64Url(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfBase64Url(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    private long stepOf(long millis) {
        return Math.floorDiv(millis, stepMillis) * stepMillis;
    }

    /** Those in force now. Two threads may both make them out of a new list; they are the same. */
    private Keys keys() {
        List<byte[]> secrets = secretsNewestFirst.get();
        Keys made = keys;
        if (made.secrets != secrets) {
            made = Keys.of(secrets);
            keys = made;
        }
        return made;
    }

    /** What is made of one list of secrets. Immutable. */
    private static final class Keys {
        static final int NOWHERE = -1;

        private final List<byte[]> secrets;
        private final NonceKey[] newestFirst;

        private Keys(List<byte[]> secrets, NonceKey[] newestFirst) {
            this.secrets = secrets;
            this.newestFirst = newestFirst;
        }

        static Keys of(List<byte[]> secrets) {
            if (secrets.isEmpty()) {
                throw new IllegalArgumentException("nonces need a secret");
            }
            return new Keys(secrets, secrets.stream().map(NonceKey::new).toArray(NonceKey[]::new));
        }

        /** Of the key that {@code nonce} was made with. More than one with its id, a chance of 2^-32, is no trouble. */
        int place(int id, String nonce, long time, byte[] jkt) {
            for (int i = 0; i < newestFirst.length; i++) {
                if (newestFirst[i].id == id && newestFirst[i].made(nonce, time, jkt)) {
                    return i;
                }
            }
            return NOWHERE;
        }
    }
}
