package dev.cardea.dpop;

import dev.cardea.config.BindingMode;
import dev.cardea.config.DpopSettings;
import dev.cardea.demand.NonceUse;
import dev.cardea.jose.CryptoProvider;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.request.TargetUri;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** What our verifier says, to the mark in the store of used proofs. */
final class CardeaJudge implements AutoCloseable {
    static final List<String> ALGORITHMS = List.of(
            "ES256", "ES384", "ES512", "EdDSA", "Ed25519", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512");

    final Nonces nonces;
    final ProofKeys keys = new ProofKeys(ALGORITHMS, CryptoProvider.ofPlatform());
    private final ProofVerifier verifier;

    CardeaJudge(Clock clock) {
        this(clock, 8192);
    }

    CardeaJudge(Clock clock, int maxLength) {
        this.nonces = new Nonces(() -> SECRETS, Duration.ofHours(1), clock);
        this.verifier = new ProofVerifier(
                new DpopSettings(
                        BindingMode.REQUIRED,
                        ALGORITHMS,
                        maxLength,
                        Duration.ofSeconds(NimbusJudge.AGE_SECONDS - NimbusJudge.SKEW_SECONDS),
                        Duration.ofSeconds(NimbusJudge.SKEW_SECONDS),
                        NonceUse.OFF,
                        Duration.ofHours(1),
                        null,
                        null,
                        100_000),
                keys,
                nonces,
                new MemoryReplayStore(100_000, clock),
                clock);
    }

    private static final List<byte[]> SECRETS = List.of(new byte[32]);

    /** Why it is refused; empty if it is accepted. */
    String refusal(PresentedProof presented) {
        return refusal(presented, List.of(presented.proof()));
    }

    /** The same with other fields in its place. */
    String refusal(PresentedProof presented, List<String> fields) {
        try {
            verifier.mark(verifier.verify(new ProofVerifier.Expected(
                    fields,
                    presented.method(),
                    TargetUri.parse(presented.uri()),
                    PresentedToken.of(presented.token()),
                    presented.keyThumbprint(),
                    presented.nonce() == null ? NonceUse.OFF : NonceUse.REQUIRED)));
            return "";
        } catch (ProofVerifier.NonceNeeded e) {
            return told(e.refusal());
        } catch (RejectedException e) {
            return told(e);
        } catch (UndeterminedException e) {
            throw new AssertionError(e);
        }
    }

    private static String told(RejectedException e) {
        return e.rejection().reason() + ": " + e.rejection().detail();
    }

    @Override
    public void close() {
        keys.close();
    }
}
