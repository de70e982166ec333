package dev.cardea.benchmarks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.cardea.testkit.TestKeys;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import java.security.Key;
import java.security.PublicKey;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;

/**
 * Somebody else's verification of the same token, from text to granted scope: signature with a known key, {@code iss},
 * {@code aud}, {@code exp} and, where it can be asked for, {@code typ}. Everything that can be made once is.
 */
interface Peer {
    /** Whoever the token speaks for. An exception refuses. */
    Object accept(String token) throws Exception;

    /** Decoder and provider, as its resource server filter calls them; SmallRye and jose4j get their key found for them. */
    static Peer springSecurity(Algorithm algorithm, String issuer) throws Exception {
        JwtAuthenticationProvider provider = jwtProvider(algorithm, issuer);
        GrantedAuthority read = new SimpleGrantedAuthority("SCOPE_" + Tokens.SCOPE);
        return token -> {
            Authentication authentication = provider.authenticate(new BearerTokenAuthenticationToken(token));
            return granted(authentication, authentication.getAuthorities().contains(read));
        };
    }

    static JwtAuthenticationProvider jwtProvider(Algorithm algorithm, String issuer) throws Exception {
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor(algorithm));
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(),
                new JwtIssuerValidator(issuer),
                new JwtAudienceValidator(Tokens.AUDIENCE)));
        return new JwtAuthenticationProvider(decoder);
    }

    static Peer nimbus(Algorithm algorithm, String issuer) throws Exception {
        DefaultJWTProcessor<SecurityContext> processor = processor(algorithm);
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                Tokens.AUDIENCE, new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("exp", "sub", "jti")));
        return token -> {
            JWTClaimsSet claims = processor.process(token, null);
            return granted(claims, claims.getStringClaim("scope").contains(Tokens.SCOPE));
        };
    }

    static Peer smallRye(Algorithm algorithm, String issuer) {
        JWTAuthContextInfo context =
                new JWTAuthContextInfo(algorithm.key().keyPair().getPublic(), issuer);
        context.setSignatureAlgorithm(Set.of(
                switch (algorithm) {
                    case RS256 -> SignatureAlgorithm.RS256;
                    case ES256 -> SignatureAlgorithm.ES256;
                    case ED25519 -> SignatureAlgorithm.EDDSA;
                }));
        context.setExpectedAudience(Set.of(Tokens.AUDIENCE));
        DefaultJWTParser parser = new DefaultJWTParser(context);
        return token -> {
            JsonWebToken jwt = parser.parse(token);
            return granted(jwt, jwt.<String>getClaim("scope").contains(Tokens.SCOPE));
        };
    }

    static Peer jose4j(Algorithm algorithm, String issuer) {
        JwtConsumer consumer = new JwtConsumerBuilder()
                .setVerificationKey(algorithm.key().keyPair().getPublic())
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(
                        ConstraintType.PERMIT, algorithm.key().algorithm()))
                .setExpectedType(true, "at+jwt")
                .setExpectedIssuer(issuer)
                .setExpectedAudience(Tokens.AUDIENCE)
                .setRequireExpirationTime()
                .setRequireSubject()
                .setRequireJwtId()
                .build();
        return token -> {
            JwtClaims claims = consumer.processToClaims(token);
            return granted(claims, claims.getStringClaimValue("scope").contains(Tokens.SCOPE));
        };
    }

    static Object granted(Object who, boolean suffices) {
        if (suffices) {
            return who;
        }
        throw new IllegalStateException("the scope does not suffice");
    }

    static DefaultJWTProcessor<SecurityContext> processor(Algorithm algorithm) throws Exception {
        JWKSet set = JWKSet.parse(TestKeys.jwks(TestKeys.rsa(), TestKeys.ec(), TestKeys.ed25519()));
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        if (algorithm == Algorithm.ED25519) {
            useEd25519(processor, set.getKeyByKeyId(TestKeys.ed25519().kid()).toOctetKeyPair());
        } else {
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                    JWSAlgorithm.parse(algorithm.key().algorithm()), new ImmutableJWKSet<>(set)));
        }
        return processor;
    }

    /** Its selector and verifier factory know Java's keys only, and it has an Ed25519 verifier that takes a JWK. */
    private static void useEd25519(DefaultJWTProcessor<SecurityContext> processor, OctetKeyPair key)
            throws JOSEException {
        JWSVerifier verifier = new Ed25519Verifier(key);
        PublicKey selected = Algorithm.ED25519.key().keyPair().getPublic();
        processor.setJWSKeySelector((header, context) -> List.of(selected));
        processor.setJWSVerifierFactory(new DefaultJWSVerifierFactory() {
            @Override
            public JWSVerifier createJWSVerifier(JWSHeader header, Key any) {
                return verifier;
            }
        });
    }
}
