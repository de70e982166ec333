package dev.cardea.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Unusual DPoP proofs that are valid all the same: whoever refuses one is too strict. */
public enum ProofVariant {
    HTU_WITH_QUERY(proof -> proof.claim("htu", proof.require("htu") + "?a=b&c")),
    HTU_WITH_FRAGMENT(proof -> proof.claim("htu", proof.require("htu") + "#top")),
    HTU_WITH_QUERY_AND_FRAGMENT(proof -> proof.claim("htu", proof.require("htu") + "?a#top?b")),
    HTU_SCHEME_IN_UPPER_CASE(proof -> proof.claim("htu", ProofBreaks.upperCaseScheme(proof))),
    HTU_WITH_DOT_SEGMENTS(proof -> proof.claim("htu", ProofBreaks.beforePath(proof, "/x/./y/../.."))),
    HTU_WITH_NEEDLESS_ENCODING(proof -> proof.claim("htu", ProofBreaks.needlesslyEncoded(proof))),
    UNKNOWN_HEADER(proof -> proof.header("x-unknown", List.of(1, true))),
    KEY_ID(proof -> proof.header("kid", "no-such-key")),
    UNKNOWN_CLAIM(proof -> proof.claim("https://example.com/unknown", Map.of("a", "\u20ac"))),
    NULL_CLAIM(proof -> proof.claim("nickname", null)),
    EXPIRES_LATER(proof -> proof.claim("exp", proof.issuedAt() + 300)),
    NOT_BEFORE_IN_THE_PAST(proof -> proof.claim("nbf", proof.issuedAt() - 60)),
    FRACTIONAL_IAT(proof -> proof.claim("iat", new Json.Literal((proof.issuedAt() - 1) + ".25"))),
    SLIGHTLY_AHEAD(proof -> proof.issuedAt(proof.issuedAt() + 5)),
    SLIGHTLY_BEHIND(proof -> proof.issuedAt(proof.issuedAt() - 5)),
    LONG_JTI(proof -> proof.jti("j".repeat(500))),
    JTI_WITH_ANY_CHARACTER(proof -> proof.jti("a b\"\\/\u20ac\n")),
    JWK_WITH_MORE_MEMBERS(proof -> {
        Map<String, @Nullable Object> jwk = new LinkedHashMap<>(proof.key().jwk());
        jwk.put("kid", "my key");
        jwk.put("use", "sig");
        jwk.put("alg", proof.key().algorithm());
        return proof.header("jwk", jwk);
    });

    private final UnaryOperator<DpopProof> change;

    ProofVariant(UnaryOperator<DpopProof> change) {
        this.change = change;
    }

    /** The proof in this spelling or shape, for a test that changes something else too. */
    public DpopProof of(DpopProof valid) {
        return change.apply(valid);
    }

    String applyTo(DpopProof valid) {
        return of(valid).build();
    }
}
