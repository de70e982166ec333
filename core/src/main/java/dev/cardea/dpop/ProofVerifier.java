package dev.cardea.dpop;

import dev.cardea.config.DpopSettings;
import dev.cardea.demand.NonceUse;
import dev.cardea.reject.Quoted;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.request.TargetUri;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks DPoP proofs (RFC 9449 4.3): {@link #verify} has the list, in the order of what the checks cost, so that the signature is the
 * last that needs no memory of other requests; {@link #mark} is the one that does.
 *
 * <p>Proves that the private half of the key with which the token is bound was used just now to sign for this method, address and
 * token. Does not prove who did it, nor that body, query or other fields of the request are as they were sent: none of them is signed.
 * Thread-safe.
 */
public final class ProofVerifier {
    private final DpopSettings settings;
    private final ProofKeys keys;
    private final Nonces nonces;
    private final ReplayStore marks;
    private final Clock clock;
    private final long windowMillis;
    private final long skewMillis;

    /** @param marks remembers which proofs were used; may be shared by several nodes */
    public ProofVerifier(DpopSettings settings, ProofKeys keys, Nonces nonces, ReplayStore marks, Clock clock) {
        this.settings = settings;
        this.keys = keys;
        this.nonces = nonces;
        this.marks = marks;
        this.clock = clock;
        this.skewMillis = settings.clockSkew().toMillis();
        this.windowMillis = settings.maxAge().toMillis() + skewMillis;
    }

    /**
     * What a proof is checked against.
     *
     * @param fields every {@code DPoP} field of the request, as received
     * @param method the request method, as received
     * @param target the address that the client used, or null if that cannot be told
     * @param token the access token beside it
     * @param keyThumbprint {@code cnf.jkt} of that token
     * @param nonce what becomes of nonces for this request
     */
    public record Expected(
            List<String> fields,
            String method,
            @Nullable TargetUri target,
            PresentedToken token,
            byte[] keyThumbprint,
            NonceUse nonce) {

        /** Neither proof nor token. */
        @Override
        public String toString() {
            return method + " " + target;
        }
    }

    /**
     * Everything but whether the proof was used before.
     *
     * @throws NonceNeeded if the proof is sound but for its nonce, or for its time, which a nonce would stand for
     * @throws RejectedException if it is not sound
     */
    public ProofOfPossession verify(Expected expected) throws RejectedException, UndeterminedException, NonceNeeded {
        CompactProof proof = CompactProof.parse(oneShortField(expected.fields())); // 4.3 (1), (2)
        ProofHeader header = keys.read(proof); // 4.3 (3) header, (4), (5), (7)
        ProofClaims claims = ProofClaims.read(proof.claims()); // 4.3 (3) claims
        requireMethod(claims, expected.method()); // 4.3 (8)
        requireTarget(claims, expected.target()); // 4.3 (9)
        requireTokenHash(claims, expected.token()); // 4.3 (12a)
        requireKeyOfToken(header, expected.keyThumbprint()); // 4.3 (12b)
        long now = clock.millis();
        requireOwnTime(claims, now); // RFC 7519 4.1.4, 4.1.5
        Freshness freshness = freshness(claims, header, expected.nonce(), now); // 4.3 (10), (11)
        requireSignature(proof, header); // 4.3 (6)
        if (freshness.needsNonce != null) {
            throw new NonceNeeded(freshness.needsNonce, nonces.newest(header.thumbprint()));
        }
        keys.remember(proof, header);
        return new ProofOfPossession(
                header.thumbprint(),
                ReplayKey.of(header.thumbprint(), expected.method(), String.valueOf(expected.target()), claims.id()),
                freshness.untilMillis,
                freshness.nonceVerified,
                freshness.nextNonce);
    }

    /** RFC 9449 4.3 (1), D01: there is one field, and (D42) it is no longer than a proof has to be. Proves nothing about what is in it. */
    private String oneShortField(List<String> fields) throws RejectedException {
        if (fields.isEmpty()) {
            throw new RejectedException(Reason.PROOF_MISSING, "the scheme is DPoP, and there is no DPoP field");
        }
        if (fields.size() > 1) {
            throw new RejectedException(Reason.PROOF_REPEATED, fields.size() + " DPoP fields in one request");
        }
        String field = withoutSpaceAround(fields.get(0));
        if (field.indexOf(',') >= 0) {
            throw new RejectedException(Reason.PROOF_REPEATED, "a DPoP field with a comma in it");
        }
        if (field.length() > settings.maxLength()) {
            throw new RejectedException(
                    Reason.PROOF_TOO_LONG,
                    "a proof of more than " + settings.maxLength() + " characters (cardea.dpop.proof-max-length)");
        }
        return field;
    }

    /** RFC 9110 5.5: white space around it is not part of a field's value, but Open Liberty hands it on. */
    private static String withoutSpaceAround(String field) {
        int start = 0;
        int end = field.length();
        while (end > start && isSpace(field.charAt(end - 1))) {
            end--;
        }
        while (start < end && isSpace(field.charAt(start))) {
            start++;
        }
        return field.substring(start, end);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    /** RFC 9449 4.3 (8), RFC 9110 9.1, D08: methods are case-sensitive. Proves nothing about what a method override would make of it. */
    private static void requireMethod(ProofClaims claims, String method) throws RejectedException {
        if (!claims.method().equals(method)) {
            throw new RejectedException(
                    Reason.PROOF_METHOD,
                    "htm is " + Quoted.of(claims.method()) + ", the request's method is " + Quoted.of(method));
        }
    }

    /**
     * RFC 9449 4.3 (9), D09, D10: the address without query and fragment, both sides in normal form. Proves that the proof was made for
     * this resource, not for which query.
     */
    private static void requireTarget(ProofClaims claims, @Nullable TargetUri target) throws RejectedException {
        TargetUri stated = TargetUri.parse(claims.target());
        if (stated == null || !stated.equals(target)) {
            throw new RejectedException(
                    Reason.PROOF_TARGET,
                    "htu is " + Quoted.of(claims.target()) + ", the address of the request is " + Quoted.of(target)
                            + (stated == null ? ": htu is no http or https address" : "")
                            + "; behind a proxy that address comes from cardea.external-url or from the forwarding fields of"
                            + " cardea.proxy.trusted");
        }
    }

    /** RFC 9449 4.3 (12a), 7, D14: ties the proof to this token. */
    private static void requireTokenHash(ProofClaims claims, PresentedToken token) throws RejectedException {
        byte[] stated = claims.tokenHash();
        if (stated == null || !token.digest().is(stated)) {
            throw new RejectedException(
                    Reason.PROOF_TOKEN_HASH, "ath is not the base64url SHA-256 of the access token in the request");
        }
    }

    /** RFC 9449 4.3 (12b), 6, D15: the token is bound to the key of the proof. Proves nothing before the signature is verified. */
    private static void requireKeyOfToken(ProofHeader header, byte[] keyThumbprint) throws RejectedException {
        if (!MessageDigest.isEqual(header.thumbprint(), keyThumbprint)) {
            throw new RejectedException(
                    Reason.KEY_BINDING, "the token is bound to another key than that of the proof (cnf.jkt)");
        }
    }

    /** RFC 7519 4.1.4 and 4.1.5, D37: nobody has to write them into a proof; who does means them. */
    private void requireOwnTime(ProofClaims claims, long now) throws RejectedException {
        Instant expiresAt = claims.expiresAt();
        Instant notBefore = claims.notBefore();
        if (expiresAt != null && now >= expiresAt.toEpochMilli() + skewMillis) {
            throw new RejectedException(Reason.PROOF_EXPIRED, "the proof expired at " + expiresAt);
        }
        if (notBefore != null && now < notBefore.toEpochMilli() - skewMillis) {
            throw new RejectedException(Reason.PROOF_EXPIRED, "the proof is not valid before " + notBefore);
        }
    }

    /**
     * RFC 9449 4.3 (10) and (11), 11.1, D12, D13: the proof is young, by a nonce of ours or, where none is needed, by its {@code iat}. Proves
     * nothing about whether it was used before; says until when that has to be remembered.
     */
    private Freshness freshness(ProofClaims claims, ProofHeader header, NonceUse use, long now)
            throws RejectedException {
        String nonce = claims.nonce();
        Nonces.Checked checked = nonce == null ? Nonces.Checked.INVALID : nonces.check(nonce, header.thumbprint());
        if (use != NonceUse.OFF && nonce != null) {
            return checked.isValid()
                    ? Freshness.byNonce(
                            checked.acceptedUntilMillis(),
                            checked.isNewest() ? null : nonces.newest(header.thumbprint()))
                    : Freshness.lacking("the nonce is not one of ours for this key, or too old");
        }
        if (use == NonceUse.REQUIRED) {
            return Freshness.lacking("there is no nonce in the proof, and one is needed (cardea.dpop.nonce)");
        }
        long issuedAt = claims.issuedAt().toEpochMilli();
        boolean inTime = issuedAt <= now + skewMillis && now < issuedAt + windowMillis;
        if (inTime) {
            return Freshness.byTime(issuedAt + windowMillis, checked.isValid());
        }
        String why = "the proof was made at " + claims.issuedAt() + ", and it is " + Instant.ofEpochMilli(now)
                + " (cardea.dpop.proof-max-age, cardea.dpop.clock-skew)";
        if (use == NonceUse.OFF) {
            throw new RejectedException(Reason.PROOF_TIME, why);
        }
        return Freshness.lacking(why);
    }

    private static final class Freshness {
        private final long untilMillis;
        private final boolean nonceVerified;
        private final @Nullable String nextNonce;
        private final @Nullable String needsNonce;

        private Freshness(
                long untilMillis, boolean nonceVerified, @Nullable String nextNonce, @Nullable String needsNonce) {
            this.untilMillis = untilMillis;
            this.nonceVerified = nonceVerified;
            this.nextNonce = nextNonce;
            this.needsNonce = needsNonce;
        }

        /** @param nonceVerified where nonces are off, one of ours still counts for what the request is dispatched to */
        static Freshness byTime(long untilMillis, boolean nonceVerified) {
            return new Freshness(untilMillis, nonceVerified, null, null);
        }

        static Freshness byNonce(long untilMillis, @Nullable String nextNonce) {
            return new Freshness(untilMillis, true, nextNonce, null);
        }

        static Freshness lacking(String why) {
            return new Freshness(0, false, null, why);
        }
    }

    /** RFC 9449 4.3 (6), D06: made with the private half of the key in the header. Before this, everything above is what somebody wrote. */
    private static void requireSignature(CompactProof proof, ProofHeader header) throws RejectedException {
        boolean verified;
        try {
            verified = header.key().verifies(header.algorithm(), proof.signature(), proof.signingInput());
        } catch (GeneralSecurityException e) {
            throw new RejectedException(Reason.PROOF_KEY, "this Java platform cannot use the key of the proof");
        }
        if (!verified) {
            throw new RejectedException(Reason.PROOF_SIGNATURE, "the signature of the proof does not verify");
        }
    }

    /**
     * RFC 9449 11.1, D30: marks a proof as used. The last thing that is done for a request before its caller counts as authenticated, so that
     * nobody else can use up a client's proofs (D34).
     *
     * @throws RejectedException if it was used before
     * @throws UndeterminedException if nobody can tell
     */
    public void mark(ProofOfPossession proof) throws RejectedException, UndeterminedException {
        if (!marks.firstUse(proof.mark(), proof.acceptedUntilMillis())) {
            throw new RejectedException(
                    Reason.PROOF_REPLAYED, "the proof was used before (its jti, for this key, method and address)");
        }
    }

    /** A nonce for the next proof of a key, for an answer that asks for one for another reason. */
    public String newestNonce(ProofOfPossession proof) {
        return nonces.newest(proof.keyThumbprint());
    }

    /** A proof that would be good with a nonce of ours. Checked, and without a stack trace. */
    public static final class NonceNeeded extends Exception {
        private static final long serialVersionUID = 1L;

        private final String nonce;

        NonceNeeded(String why, String nonce) {
            super(why, null, false, false);
            this.nonce = nonce;
        }

        /** The refusal, for the operator. */
        public RejectedException refusal() {
            return new RejectedException(Reason.PROOF_NONCE, String.valueOf(getMessage()));
        }

        /** The nonce to be given to the client. */
        public String nonce() {
            return nonce;
        }
    }
}
