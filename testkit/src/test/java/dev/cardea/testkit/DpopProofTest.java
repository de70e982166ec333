package dev.cardea.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.MATCH_ALL;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DpopProofTest {

    private static final DpopKey KEY = DpopKey.generate();
    private final DpopProof valid = ProofOracle.valid(KEY);

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "ES384", "ES512", "RS256", "PS256", "EdDSA"})
    void anotherLibraryVerifiesIt(String algorithm) throws Exception {
        DpopKey key = DpopKey.generate(algorithm);

        JwtClaims claims = ProofOracle.verify(ProofOracle.valid(key).build());

        assertThat(claims.getStringClaimValue("htm")).isEqualTo("GET");
        assertThat(claims.getStringClaimValue("htu")).isEqualTo(ProofOracle.URI);
        assertThat(claims.getStringClaimValue("ath")).isEqualTo("hNPyPam19RsyaVZu_wXT-yNgfu74lWf5zSgLkMoNvFw");
        assertThat(claims.getStringClaimValue("nonce")).isEqualTo("nonce-of-the-server");
        assertThat(JsonWebKey.Factory.newJwk(Json.write(key.jwk())).calculateBase64urlEncodedThumbprint("SHA-256"))
                .isEqualTo(key.thumbprint());
    }

    @Test
    void ed25519IsAnotherNameForTheSameSignature() throws Exception {
        DpopKey key = DpopKey.generate("Ed25519");
        String proof = ProofOracle.valid(key).build();

        assertThat(ProofOracle.header(proof)).containsEntry("alg", "Ed25519");
        assertThat(edwardsSignatureHolds(key, proof)).isTrue();
        assertThat(edwardsSignatureHolds(DpopKey.generate("Ed25519"), proof)).isFalse();
    }

    @Test
    void anotherProofDiffersInItsJtiOnly() throws Exception {
        assertThat(ProofOracle.changed(1, valid.build(), valid.another().build()))
                .containsExactly("jti");
        assertThat(ProofOracle.changed(1, valid.build(), valid.build())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aVariantIsAValidProofToo(ProofVariant variant) throws Exception {
        String unusual = valid.build(variant);

        assertThat(ProofOracle.verify(unusual).getJwtId()).isNotEmpty();
        assertThat(unusual).isNotEqualTo(valid.build());
        Set<String> changed = new LinkedHashSet<>(ProofOracle.changed(0, valid.build(), unusual));
        changed.addAll(ProofOracle.changed(1, valid.build(), unusual));
        assertThat(changed).as("what was changed").hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aFaultDiffersFromTheValidProof(ProofFault fault) throws Exception {
        assertThat(valid.build(fault)).isNotEqualTo(valid.build());
        assertThat(fault.requirements()).isNotEmpty();
        assertThat(fault.error()).isIn("invalid_dpop_proof", "invalid_token", "use_dpop_nonce");
        assertThat(ProofOracle.verify(valid.build()).getJwtId()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = MATCH_ALL, names = "^(JTI|HTM|HTU|IAT|ATH|NONCE|EXP|NOT_YET|NBF|OVERSIZED).*")
    void aClaimFaultChangesOneClaimAndIsSigned(ProofFault fault) throws Exception {
        String faulty = valid.build(fault);

        assertThat(ProofOracle.signedBy(KEY, faulty)).isTrue();
        assertThat(ProofOracle.changed(0, valid.build(), faulty)).isEmpty();
        if (fault != ProofFault.IAT_NAN) {
            assertThat(ProofOracle.changed(1, valid.build(), faulty)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = MATCH_ALL, names = "^(TYP|JWK_|CRIT|DEEP_JWK|DEEP_HEADER).*")
    void aHeaderFaultChangesTheHeaderOnlyAndIsSigned(ProofFault fault) throws Exception {
        String faulty = valid.build(fault);
        int changes = Set.of("CRIT_UNKNOWN", "JWK_REPLACED_BY_JKU", "JWK_REPLACED_BY_KID")
                        .contains(fault.name())
                ? 2
                : 1;

        assertThat(ProofOracle.changed(1, valid.build(), faulty)).isEmpty();
        if (!fault.name().startsWith("DEEP") && fault != ProofFault.JWK_OF_ANOTHER) {
            assertThat(ProofOracle.changed(0, valid.build(), faulty)).hasSize(changes);
        }
        if (fault == ProofFault.JWK_OF_ANOTHER) {
            assertThat(ProofOracle.header(faulty)).isEqualTo(ProofOracle.header(valid.build()));
            assertThat(ProofOracle.signedBy(KEY, faulty)).isFalse();
        } else if (!fault.name().startsWith("CRIT")) {
            assertThat(ProofOracle.signedBy(KEY, faulty)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "TAMPERED_SIGNATURE",
                "TRUNCATED_SIGNATURE",
                "LENGTHENED_SIGNATURE",
                "ZERO_SIGNATURE",
                "EMPTY_SIGNATURE"
            })
    void aSignatureFaultKeepsWhatIsSigned(ProofFault fault) {
        assertThat(Breaks.unsigned(valid.build(fault))).isEqualTo(Breaks.unsigned(valid.build()));
    }

    @Test
    void anotherKeysProofIsValidForItsOwnKey() throws Exception {
        String faulty = valid.build(ProofFault.OTHER_KEY);

        assertThat(ProofOracle.signatureHolds(faulty)).isTrue();
        assertThat(ProofOracle.signedBy(KEY, faulty)).isFalse();
        assertThat(ProofOracle.changed(0, valid.build(), faulty)).containsExactly("jwk");
        assertThat(ProofOracle.changed(1, valid.build(), faulty)).isEmpty();
    }

    /** So that only a look at the key itself finds them. */
    @ParameterizedTest
    @EnumSource(names = {"RSA_1024", "RSA_2040", "RSA_16384", "RSA_EXPONENT_ONE", "RSA_EXPONENT_HUGE"})
    void signaturesOfHostileRsaKeysHold(ProofFault fault) {
        String faulty = valid.build(fault);
        Map<String, ?> jwk = fault.key(KEY).jwk();
        BigInteger n = number(jwk.get("n"));

        BigInteger opened = new BigInteger(1, Breaks.signatureOf(faulty)).modPow(number(jwk.get("e")), n);

        String unsigned = Breaks.unsigned(faulty);
        byte[] hash = Base64Url.decode(DpopKey.sha256(unsigned.substring(0, unsigned.length() - 1)));
        assertThat(opened.toString(16)).startsWith("1ffffffffffff").endsWith(new BigInteger(1, hash).toString(16));
        assertThat(faulty.length()).isLessThan(8192);
    }

    @Test
    void thereAreRsaKeysOfEachSize() {
        assertThat(number(ProofFault.RSA_1024.key(KEY).jwk().get("n")).bitLength())
                .isEqualTo(1024);
        assertThat(number(ProofFault.RSA_16384.key(KEY).jwk().get("n")).bitLength())
                .isBetween(16377, 16384);
    }

    @Test
    void everythingIsSignedByTheNeutralElement() throws Exception {
        assertThat(edwardsSignatureHolds(ProofFault.ED25519_NEUTRAL.key(KEY), valid.build(ProofFault.ED25519_NEUTRAL)))
                .isTrue();
        assertThat(HostileKeys.isOnEdwards25519(new BigInteger(
                        "46316835694926478169428394003475163141307993866256225615783033603165251855960")))
                .as("the base point, 4/5")
                .isTrue();
    }

    @Test
    void whatIsOffTheCurveIsSignedAllTheSame() {
        DpopKey key = ProofFault.EC_OFF_CURVE.key(KEY);
        BigInteger x = number(key.jwk().get("x"));
        BigInteger p = BigInteger.TWO
                .pow(256)
                .subtract(BigInteger.TWO.pow(224))
                .add(BigInteger.TWO.pow(192))
                .add(BigInteger.TWO.pow(96))
                .subtract(BigInteger.ONE);
        BigInteger b = new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);
        BigInteger y = number(key.jwk().get("y"));

        BigInteger right =
                x.pow(3).subtract(x.multiply(BigInteger.valueOf(3))).add(b).mod(p);
        assertThat(y.multiply(y).mod(p)).isNotEqualTo(right);
        assertThat(Breaks.signatureOf(valid.build(ProofFault.EC_OFF_CURVE))).hasSize(64);
    }

    @Test
    void aTokenIsBoundToTheKeyThatTheFaultIsAbout() {
        assertThat(ProofFault.HTM_OTHER.key(KEY)).isSameAs(KEY);
        assertThat(ProofFault.OTHER_KEY.key(KEY)).isSameAs(KEY);
        assertThat(ProofFault.RSA_1024.key(KEY)).isSameAs(ProofFault.RSA_1024.key(DpopKey.generate()));
    }

    @Test
    void tellsNothingOfTheKey() {
        assertThat(KEY.toString()).isEqualTo("DpopKey[ES256, " + KEY.thumbprint() + "]");
        assertThat(valid.toString()).startsWith("DpopProof[jti, htm, htu, iat, ath, nonce]");
    }

    private static BigInteger number(Object base64url) {
        return new BigInteger(1, Base64Url.decode(String.valueOf(base64url)));
    }

    private static boolean edwardsSignatureHolds(DpopKey key, String proof) throws Exception {
        byte[] point = Base64Url.decode(String.valueOf(key.jwk().get("x")));
        boolean odd = (point[31] & 0x80) != 0;
        point[31] &= 0x7F;
        byte[] big = new byte[32];
        for (int i = 0; i < 32; i++) {
            big[i] = point[31 - i];
        }
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(
                        new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, big)))));
        String unsigned = Breaks.unsigned(proof);
        signature.update(unsigned.substring(0, unsigned.length() - 1).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Breaks.signatureOf(proof));
    }
}
