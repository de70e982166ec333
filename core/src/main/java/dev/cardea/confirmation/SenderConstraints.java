package dev.cardea.confirmation;

import dev.cardea.certificate.ClientCertificate;
import dev.cardea.certificate.ClientCertificates;
import dev.cardea.dpop.ProofOfPossession;
import dev.cardea.dpop.ProofVerifier;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.AuthScheme;
import dev.cardea.request.PresentedToken;
import dev.cardea.request.TargetUris;
import dev.cardea.token.Confirmation;
import dev.cardea.token.VerifiedToken;
import java.security.MessageDigest;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Whether the sender of a token is the one it is bound to (RFC 9449 7, RFC 8705 3). The only place where a
 * {@link ConfirmedToken} is made.
 *
 * <p>A binding is checked whenever there is one, whatever the endpoint asks for, and both where there are two. What cannot be checked, or
 * is switched off, is refused: taking a bound token as a bearer token would give a thief what the binding was made to prevent (RFC 9449
 * 7.2). Whether a token has to be bound is not asked here. Thread-safe.
 */
public final class SenderConstraints {
    private final @Nullable ProofVerifier proofs;
    private final @Nullable ClientCertificates certificates;
    private final TargetUris targets;
    private final LongAdder strayProofs = new LongAdder();
    private final LongAdder unmarkedProofs = new LongAdder();

    /**
     * @param proofs null if tokens that are bound to a key are refused
     * @param certificates null if tokens that are bound to a certificate are refused
     */
    public SenderConstraints(
            @Nullable ProofVerifier proofs, @Nullable ClientCertificates certificates, TargetUris targets) {
        this.proofs = proofs;
        this.certificates = certificates;
        this.targets = targets;
    }

    /**
     * Confirms that whoever presents {@code token} may hold it.
     *
     * <p>Marks a DPoP proof as used, as its last act, and once for a request: a second call for the same sender goes by what the first one
     * proved.
     *
     * @param presented the token as it came, for the proof's hash of it
     * @throws RejectedException if the sender is another one, or does not show who he is
     * @throws UndeterminedException if nobody can tell whether the proof was used before
     */
    public ConfirmedToken confirm(VerifiedToken token, PresentedToken presented, AuthScheme scheme, Sender sender)
            throws RejectedException, UndeterminedException {
        Confirmation bound = token.confirmation();
        if (bound.isNone() && scheme == AuthScheme.BEARER) {
            return unbound(token, sender);
        }
        requireScheme(bound, scheme);
        byte[] certificate = bound.certificateThumbprint();
        if (certificate != null) {
            requireCertificate(certificate, sender);
        }
        byte[] key = bound.keyThumbprint();
        if (key != null) {
            requirePossession(key, presented, sender);
        }
        return new ConfirmedToken(token);
    }

    /** D20: a proof beside a token that is bound to nothing proves nothing that matters. */
    private ConfirmedToken unbound(VerifiedToken token, Sender sender) {
        if (!sender.strayProof && !sender.request().headers("DPoP").isEmpty()) {
            sender.strayProof = true;
            strayProofs.increment();
        }
        return new ConfirmedToken(token);
    }

    /** RFC 9449 7.1 and 7.2 (D18, D19, D40), RFC 8705 3 (M05): DPoP exactly for what is bound to a key. */
    private void requireScheme(Confirmation bound, AuthScheme scheme) throws RejectedException {
        if (bound.isUnusable()) {
            throw new RejectedException(
                    Reason.CONFIRMATION_UNKNOWN,
                    "the token is bound (cnf, or token_type DPoP), but neither by one jkt nor by one x5t#S256, or its token_type"
                            + " contradicts that");
        }
        if (bound.isToKey() && proofs == null) {
            throw new RejectedException(
                    Reason.SENDER_CONSTRAINED,
                    "the token is bound to a key (cnf.jkt), and proofs are not checked (cardea.dpop.mode=off)");
        }
        if (bound.isToCertificate() && certificates == null) {
            throw new RejectedException(
                    Reason.SENDER_CONSTRAINED,
                    "the token is bound to a certificate (cnf.x5t#S256), and certificates are not checked"
                            + " (cardea.certificate-binding.mode=off)");
        }
        if (bound.isToKey() && scheme == AuthScheme.BEARER) {
            throw new RejectedException(
                    Reason.SENDER_CONSTRAINED,
                    "the token is bound to a key (cnf.jkt) and was sent as a bearer token: the client has to use the scheme DPoP");
        }
        if (!bound.isToKey() && scheme == AuthScheme.DPOP) {
            throw new RejectedException(
                    Reason.TOKEN_UNBOUND,
                    "the scheme is DPoP, but the token is bound to no key (no cnf.jkt): the client has to use the scheme Bearer,"
                            + " or the authorization server to bind the token");
        }
    }

    /** RFC 8705 3 (M01, M02): the very certificate, whoever issued it and whatever else it says. */
    private void requireCertificate(byte[] thumbprint, Sender sender) throws RejectedException {
        if (!sender.certificateRead && certificates != null) {
            ClientCertificate found = certificates.of(sender.request());
            sender.certificate = found;
            sender.certificateField = found != null && found.fromHeader() ? certificates.header() : null;
            sender.certificateRead = true;
        }
        ClientCertificate shown = sender.certificate;
        if (shown == null) {
            throw new RejectedException(
                    Reason.CERTIFICATE_MISSING,
                    "the token is bound to a certificate (cnf.x5t#S256), and none came with the request; where a proxy ends TLS:"
                            + " cardea.certificate-binding.header-format and cardea.proxy.trusted");
        }
        if (!MessageDigest.isEqual(shown.thumbprint(), thumbprint)) {
            throw new RejectedException(
                    Reason.CERTIFICATE_MISMATCH,
                    "the token is bound to another certificate than the one that came with the request (cnf.x5t#S256)");
        }
    }

    private void requirePossession(byte[] keyThumbprint, PresentedToken presented, Sender sender)
            throws RejectedException, UndeterminedException {
        ProofOfPossession before = sender.possession;
        if (before != null) {
            if (!before.isOf(keyThumbprint)) {
                throw new RejectedException(
                        Reason.KEY_BINDING, "the token is bound to another key than that of the proof (cnf.jkt)");
            }
            return;
        }
        if (proofs != null) {
            sender.possession = proven(proofs, keyThumbprint, presented, sender);
        }
    }

    private ProofOfPossession proven(
            ProofVerifier verifier, byte[] keyThumbprint, PresentedToken presented, Sender sender)
            throws RejectedException, UndeterminedException {
        try {
            ProofOfPossession possession = verifier.verify(new ProofVerifier.Expected(
                    sender.request().headers("DPoP"),
                    sender.request().method(),
                    targets.of(sender.request()),
                    presented,
                    keyThumbprint,
                    sender.nonce()));
            sender.nonceForClient = possession.nextNonce();
            mark(verifier, possession, sender);
            return possession;
        } catch (ProofVerifier.NonceNeeded e) {
            sender.nonceForClient = e.nonce();
            throw e.refusal();
        }
    }

    private void mark(ProofVerifier verifier, ProofOfPossession possession, Sender sender)
            throws RejectedException, UndeterminedException {
        try {
            verifier.mark(possession);
        } catch (UndeterminedException e) {
            if (!sender.allowsUnmarked()) {
                throw e;
            }
            sender.doubt = e;
            unmarkedProofs.increment();
        }
    }

    /**
     * For a request whose proof was good without a nonce, and that has come to where one is needed (D12): the refusal. The answer then
     * carries the nonce.
     */
    public RejectedException nonceNeeded(Sender sender) {
        ProofOfPossession possession = sender.possession;
        if (proofs != null && possession != null) {
            sender.nonceForClient = proofs.newestNonce(possession);
        }
        return new RejectedException(
                Reason.PROOF_NONCE,
                "there is no nonce in the proof, and the path rule of what the request was dispatched to needs one"
                        + " (dpop-nonce)");
    }

    /** Proofs that came with unbound bearer tokens, since the start. */
    public long strayProofs() {
        return strayProofs.sum();
    }

    /** Proofs that were accepted although nobody could tell whether they were used before, since the start. */
    public long unmarkedProofs() {
        return unmarkedProofs.sum();
    }
}
