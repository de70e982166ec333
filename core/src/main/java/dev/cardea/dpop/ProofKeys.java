package dev.cardea.dpop;

import dev.cardea.cache.DigestCache;
import dev.cardea.jose.CryptoProvider;
import dev.cardea.jose.JoseHeader;
import dev.cardea.jose.JwkReader;
import dev.cardea.jose.SignatureAlgorithm;
import dev.cardea.jose.UnusableJwkException;
import dev.cardea.jose.VerificationKey;
import dev.cardea.reject.Quoted;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.request.TokenDigest;
import dev.cardea.request.TokenHasher;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of clients, out of the headers of their proofs. A header is read once: of proofs that were found good it is remembered by the
 * SHA-256 of its text, with its key, the key's thumbprint and what verifies its signatures. Strangers' headers are read each time and
 * remembered never. Thread-safe.
 */
public final class ProofKeys implements AutoCloseable {
    /** Clients at a time; a key and its verifiers take about 2 KB. */
    private static final int MAX_ENTRIES = 10_000;

    /** Longer headers are read each time, so that the number of entries bounds the memory. An RSA key of 4096 bits fits. */
    private static final int MAX_KEPT_LENGTH = 1024;

    private static final String TYPE = "dpop+jwt";

    private final Set<String> algorithms;
    private final CryptoProvider crypto;
    private final TokenHasher hasher = new TokenHasher();
    private final DigestCache<ProofHeader> known = new DigestCache<>(MAX_ENTRIES);

    /**
     * @param algorithms those that are accepted
     * @param crypto who verifies
     */
    public ProofKeys(List<String> algorithms, CryptoProvider crypto) {
        this.algorithms = Set.copyOf(algorithms);
        this.crypto = crypto;
    }

    /** The header of {@code proof}; RFC 9449 4.3 (3), (4), (5), (7). */
    ProofHeader read(CompactProof proof) throws RejectedException {
        TokenDigest digest = digest(proof);
        ProofHeader before = digest == null ? null : known.get(digest);
        return before == null ? parse(proof) : before;
    }

    /** To be called for proofs that were found good. */
    void remember(CompactProof proof, ProofHeader header) {
        TokenDigest digest = digest(proof);
        if (digest != null && known.get(digest) != header) {
            known.put(digest, header);
        }
    }

    private @Nullable TokenDigest digest(CompactProof proof) {
        return proof.headerEnd() > MAX_KEPT_LENGTH ? null : proof.headerDigest(hasher);
    }

    private ProofHeader parse(CompactProof proof) throws RejectedException {
        JoseHeader header = header(proof);
        requireType(header);
        SignatureAlgorithm algorithm = requireAlgorithm(header);
        VerificationKey key = requireKey(header);
        return new ProofHeader(algorithm, key, key.thumbprint());
    }

    private static JoseHeader header(CompactProof proof) throws RejectedException {
        try {
            return JoseHeader.of(CompactProof.object(proof.ascii(), 0, proof.headerEnd(), "header"));
        } catch (RejectedException e) {
            throw e.rejection().reason() == Reason.HEADER_NOT_ACCEPTED
                    ? new RejectedException(
                            Reason.PROOF_MEMBER_MISSING,
                            "in the proof: " + e.rejection().detail())
                    : e;
        }
    }

    /** RFC 9449 4.3 (4), D04: what tells a proof from every other JWT that a client may have signed. */
    private static void requireType(JoseHeader header) throws RejectedException {
        String type = header.type();
        if (!TYPE.equals(type)) {
            throw new RejectedException(
                    type == null ? Reason.PROOF_MEMBER_MISSING : Reason.PROOF_TYPE,
                    "typ of the proof is " + Quoted.of(type) + ", expected " + TYPE);
        }
    }

    /** RFC 9449 4.3 (5), D05: an allow-list of exact names, none of which is symmetric or none. */
    private SignatureAlgorithm requireAlgorithm(JoseHeader header) throws RejectedException {
        SignatureAlgorithm algorithm = SignatureAlgorithm.named(header.algorithm());
        if (algorithm == null || !algorithms.contains(header.algorithm())) {
            throw new RejectedException(
                    Reason.PROOF_ALGORITHM,
                    "alg of the proof is " + Quoted.of(header.algorithm())
                            + ", which is not accepted (cardea.dpop.algorithms)");
        }
        return algorithm;
    }

    /** RFC 9449 4.3 (6) and (7), D07: a public key, well-formed, on its curve, of bounded size, for this algorithm. Says nothing about whose. */
    private VerificationKey requireKey(JoseHeader header) throws RejectedException {
        Object jwk = header.member("jwk");
        if (jwk == null) {
            throw new RejectedException(Reason.PROOF_MEMBER_MISSING, "the proof has no jwk in its header");
        }
        VerificationKey key;
        try {
            key = JwkReader.readFromRequest(jwk, crypto);
        } catch (UnusableJwkException e) {
            throw new RejectedException(Reason.PROOF_KEY, "the key of the proof " + e.getMessage());
        }
        if (!key.isFor(header.algorithm())) {
            throw new RejectedException(
                    Reason.PROOF_ALGORITHM,
                    "alg of the proof is " + Quoted.of(header.algorithm()) + ", but its key is for "
                            + key.algorithms());
        }
        return key;
    }

    /** Forgets all keys. */
    @Override
    public void close() {
        known.close();
    }
}
