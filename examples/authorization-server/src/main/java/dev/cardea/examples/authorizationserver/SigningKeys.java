package dev.cardea.examples.authorizationserver;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** RS256 keys, new ones at every start. All are published; the newest, which is the first, signs. */
class SigningKeys implements JWKSource<SecurityContext> {

    /** Replaced as a whole, so that one read sees one state. */
    private volatile List<JWK> newestFirst = List.of(generate());

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
        return selector.select(new JWKSet(newestFirst));
    }

    synchronized List<String> rotate(boolean dropOld) {
        var keys = new ArrayList<JWK>();
        keys.add(generate());
        if (!dropOld) {
            keys.addAll(newestFirst);
        }
        newestFirst = List.copyOf(keys);
        return newestFirst.stream().map(JWK::getKeyID).toList();
    }

    /** The product's own encoder refuses to choose when several keys fit. */
    @Bean
    static JwtEncoder jwtEncoder(SigningKeys keys) {
        var encoder = new NimbusJwtEncoder(keys);
        encoder.setJwkSelector(fitting -> fitting.get(0));
        return encoder;
    }

    private static JWK generate() {
        try {
            return new RSAKeyGenerator(2048)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("Every JDK has RSA", e);
        }
    }
}
