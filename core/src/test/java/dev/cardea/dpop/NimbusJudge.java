package dev.cardea.dpop;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.dpop.JWKThumbprintConfirmation;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DPoPIssuer;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DPoPProtectedResourceRequestVerifier;
import com.nimbusds.oauth2.sdk.dpop.verifiers.InMemoryDPoPSingleUseChecker;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.net.URI;
import java.util.Base64;
import java.util.Set;

/** What Nimbus' verifier of proofs at protected resources says, used as its documentation shows. */
final class NimbusJudge implements AutoCloseable {
    static final long SKEW_SECONDS = 60;
    static final long AGE_SECONDS = 660; // counts the skew in

    private final InMemoryDPoPSingleUseChecker used = new InMemoryDPoPSingleUseChecker(AGE_SECONDS, AGE_SECONDS);
    private final DPoPProtectedResourceRequestVerifier verifier = new DPoPProtectedResourceRequestVerifier(
            Set.of(
                    JWSAlgorithm.ES256,
                    JWSAlgorithm.ES384,
                    JWSAlgorithm.ES512,
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.PS384,
                    JWSAlgorithm.PS512),
            SKEW_SECONDS,
            AGE_SECONDS,
            used);

    /** Why it is refused; empty if it is accepted. */
    String refusal(PresentedProof presented) {
        try {
            String jkt = Base64.getUrlEncoder().withoutPadding().encodeToString(presented.keyThumbprint());
            verifier.verify(
                    presented.method(),
                    URI.create(presented.uri()),
                    new DPoPIssuer(jkt),
                    SignedJWT.parse(presented.proof()),
                    new DPoPAccessToken(presented.token()),
                    new JWKThumbprintConfirmation(new Base64URL(jkt)),
                    presented.nonce() == null ? null : new Nonce(presented.nonce()));
            return "";
        } catch (Exception | StackOverflowError e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    @Override
    public void close() {
        used.shutdown();
    }
}
