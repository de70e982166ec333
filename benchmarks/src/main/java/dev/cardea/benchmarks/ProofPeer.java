package dev.cardea.benchmarks;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.dpop.JWKThumbprintConfirmation;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DPoPIssuer;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DPoPProtectedResourceRequestVerifier;
import com.nimbusds.oauth2.sdk.dpop.verifiers.InMemoryDPoPSingleUseChecker;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.net.URI;
import java.util.Set;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.server.resource.authentication.DPoPAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.DPoPAuthenticationToken;

/**
 * Somebody else's verification of the same token and proof: each of them verifies the token too at each request, as people run
 * them. What can be made once is. Replays are looked for with the store in memory that each brings.
 */
interface ProofPeer {
    /** Whoever the token speaks for. An exception refuses. */
    Object accept(String token, String proof) throws Exception;

    /** Its authentication provider for DPoP with its default decoder of proofs, as its filter calls it. */
    static ProofPeer springSecurity(String issuer) throws Exception {
        DPoPAuthenticationProvider provider =
                new DPoPAuthenticationProvider(new ProviderManager(Peer.jwtProvider(Algorithm.ES256, issuer)));
        GrantedAuthority read = new SimpleGrantedAuthority("SCOPE_" + Tokens.SCOPE);
        return (token, proof) -> {
            Authentication authentication =
                    provider.authenticate(new DPoPAuthenticationToken(token, proof, "GET", GetRequest.URI));
            return Peer.granted(authentication, authentication.getAuthorities().contains(read));
        };
    }

    static ProofPeer nimbus(String issuer) throws Exception {
        DefaultJWTProcessor<SecurityContext> processor = Peer.processor(Algorithm.ES256);
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                Tokens.AUDIENCE, new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("exp", "sub", "jti")));
        DPoPProtectedResourceRequestVerifier verifier = new DPoPProtectedResourceRequestVerifier(
                Set.of(JWSAlgorithm.ES256), 10, 60, new InMemoryDPoPSingleUseChecker(70, 60));
        URI uri = URI.create(GetRequest.URI);
        return (token, proof) -> {
            JWTClaimsSet claims = processor.process(token, null);
            verifier.verify(
                    "GET",
                    uri,
                    new DPoPIssuer(claims.getStringClaim("client_id")),
                    SignedJWT.parse(proof),
                    new DPoPAccessToken(token),
                    JWKThumbprintConfirmation.parse(claims),
                    (Nonce) null);
            return Peer.granted(claims, claims.getStringClaim("scope").contains(Tokens.SCOPE));
        };
    }
}
