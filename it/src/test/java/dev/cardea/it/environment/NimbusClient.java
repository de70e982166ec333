package dev.cardea.it.environment;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.dpop.DPoPProofFactory;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A client with a key of its own, made of Nimbus' OAuth 2.0 library, which knows nothing of us. */
public final class NimbusClient {

    private final DPoPProofFactory proofs;

    private NimbusClient(DPoPProofFactory proofs) {
        this.proofs = proofs;
    }

    /** With a new key. */
    public static NimbusClient signingWith(String algorithm) {
        JWSAlgorithm parsed = JWSAlgorithm.parse(algorithm);
        try {
            return new NimbusClient(new DefaultDPoPProofFactory(key(parsed), parsed));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWK key(JWSAlgorithm algorithm) throws JOSEException {
        return JWSAlgorithm.Family.EC.contains(algorithm)
                ? new ECKeyGenerator(Curve.forJWSAlgorithm(algorithm).iterator().next()).generate()
                : new RSAKeyGenerator(2048).generate();
    }

    /** A token that the client gets for itself, bound to its key: whoever gives another kind is found out here. */
    public String token(URI endpoint, String client, String... scopes) throws IOException {
        String secret = client + "-secret";
        Used.client(client, secret);
        HTTPRequest request = new TokenRequest.Builder(
                        endpoint,
                        new ClientSecretBasic(new ClientID(client), new Secret(secret)),
                        new ClientCredentialsGrant())
                .scope(new Scope(scopes))
                .build()
                .toHTTPRequest();
        try {
            request.setDPoP(proofs.createDPoPJWT("POST", endpoint));
            TokenResponse answer = TokenResponse.parse(request.send());
            if (!answer.indicatesSuccess()) {
                throw new IOException(answer.toErrorResponse().getErrorObject() + " for " + client);
            }
            return Objects.requireNonNull(
                            answer.toSuccessResponse().getTokens().getDPoPAccessToken(), "the token is not bound")
                    .getValue();
        } catch (JOSEException | ParseException e) {
            throw new IOException(e);
        }
    }

    /** A proof for the request of an API. */
    public String proof(String method, URI uri, String token) {
        return proof(method, uri, token, null);
    }

    public String proof(String method, URI uri, String token, @Nullable String nonce) {
        DPoPAccessToken bound = new DPoPAccessToken(token);
        try {
            return (nonce == null
                            ? proofs.createDPoPJWT(method, uri, bound)
                            : proofs.createDPoPJWT(method, uri, bound, new Nonce(nonce)))
                    .serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
