package dev.cardea.dpop;

import dev.cardea.config.BindingMode;
import dev.cardea.config.DpopSettings;
import dev.cardea.demand.NonceUse;
import dev.cardea.fuzz.Oracle;
import dev.cardea.jose.CryptoProvider;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.UndeterminedException;
import dev.cardea.request.PresentedToken;
import dev.cardea.request.TargetUri;
import dev.cardea.testkit.DpopKey;
import dev.cardea.testkit.DpopProof;
import dev.cardea.testkit.ProofFault;
import dev.cardea.testkit.ProofVariant;
import dev.cardea.testkit.TestKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jose4j.keys.EllipticCurves;

/**
 * Whatever stands in a {@code DPoP} field: refused for a reason that names nothing of it, or signed with
 * the key of the token, letter by letter. A fuzz target; {@code docs/how-to/fuzzing.md} says how it runs.
 */
public final class ProofFuzz {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    private static final String URI = "https://api.example/orders";
    private static final String TOKEN = "an-opaque-token";
    private static final List<byte[]> SECRETS = List.of(new byte[32]);
    private static final Nonces NONCES = new Nonces(() -> SECRETS, Duration.ofMinutes(5), CLOCK);

    /** The same in each JVM, or seeds of one would be refused by another: RFC 7515 A.3.1 has it. */
    private static final KeyPair PAIR = pair(
            "7fcdce2770f6c45d4183cbee6fdb4b7b580733357be9ef13bacf6e3c7bd15445",
            "c7f144cd1bbd9b7e872cdfedb9eeb9f4b3695d6ea90b24ad8a4623288588e5ad",
            "8e9b109e719098bf980487df1f5d77e9cb29606ebed2263b5f57c213df84f4b2");

    private static final DpopKey KEY = DpopKey.of(new TestKey("", "ES256", PAIR));
    private static final byte[] THUMBPRINT = Base64.getUrlDecoder().decode(KEY.thumbprint());

    private static final List<String> ALGORITHMS =
            List.of("ES256", "ES384", "ES512", "EdDSA", "Ed25519", "RS256", "PS256");
    private static final ProofVerifier VERIFIER = new ProofVerifier(
            new DpopSettings(
                    BindingMode.REQUIRED,
                    ALGORITHMS,
                    8192,
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(10),
                    NonceUse.RESCUE,
                    Duration.ofMinutes(5),
                    null,
                    null,
                    1),
            new ProofKeys(ALGORITHMS, CryptoProvider.ofPlatform()),
            NONCES,
            (key, until) -> {
                throw new AssertionError("nobody marks");
            },
            CLOCK);

    private ProofFuzz() {}

    /** An input that begins with a brace is header and payload, a line break between them, to be signed by nobody; any other a field. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        String proof = text.startsWith("{") ? unsigned(text) : text;
        for (NonceUse use : NonceUse.values()) {
            judge(proof, use);
        }
    }

    private static String unsigned(String text) {
        int end = Math.max(text.indexOf("\n"), 0);
        return encode(text.substring(0, end)) + "." + encode(text.substring(end)) + "." + "AQ".repeat(43);
    }

    private static void judge(String proof, NonceUse use) {
        String refusal;
        try {
            ProofOfPossession possession = VERIFIER.verify(new ProofVerifier.Expected(
                    List.of(proof), "GET", TargetUri.parse(URI), PresentedToken.of(TOKEN), THUMBPRINT, use));
            Oracle.require(possession.isOf(THUMBPRINT), "the key of the token");
            Oracle.require(possession.acceptedUntilMillis() > CLOCK.millis(), "an end that is to come");
            requireSigned(proof);
            return;
        } catch (ProofVerifier.NonceNeeded e) {
            requireSigned(proof);
            Oracle.require(NONCES.check(e.nonce(), THUMBPRINT).isNewest(), "the newest nonce");
            return;
        } catch (RejectedException e) {
            Oracle.requireClean(e, proof);
            refusal = e.rejection().detail();
        } catch (UndeterminedException e) {
            throw new AssertionError(e);
        }
        Oracle.require(refusal.chars().allMatch(c -> c >= ' ' && c < 0x7f), "a line of ASCII");
    }

    /** By the platform alone. */
    private static void requireSigned(String proof) {
        String field = proof.strip();
        int dot = field.lastIndexOf('.');
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initVerify(PAIR.getPublic());
            signature.update(field.substring(0, dot).getBytes(StandardCharsets.ISO_8859_1));
            Oracle.require(
                    signature.verify(Base64.getUrlDecoder().decode(field.substring(dot + 1))),
                    "a signature of the key");
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static List<DpopProof> proofs() {
        DpopProof plain = DpopProof.of(KEY, "GET", URI, CLOCK).token(TOKEN).jti("jti");
        return List.of(plain, plain.nonce(NONCES.newest(THUMBPRINT)));
    }

    private static List<String> ofKey() {
        List<String> all = new ArrayList<>();
        for (DpopProof proof : proofs()) {
            all.add(proof.build());
            for (ProofVariant variant : ProofVariant.values()) {
                all.add(proof.build(variant));
            }
            for (ProofFault fault : ProofFault.values()) {
                boolean ours = fault.key(KEY) == KEY
                        && (!fault.ofNonce() || proof.claims().containsKey("nonce"));
                if (ours) {
                    all.add(proof.build(fault));
                }
            }
        }
        return all;
    }

    /** Valid ones, variants, faults; and what is in them, to be changed before it is encoded. */
    public static List<String> seeds() {
        List<String> seeds = new ArrayList<>();
        for (String proof : ofKey()) {
            if (proof.length() < 3_000) {
                seeds.add(proof);
            }
        }
        for (DpopProof proof : proofs()) {
            String[] segments = proof.build().split("\\.", -1);
            seeds.add(decode(segments[0]) + "\n" + decode(segments[1]));
        }
        return seeds;
    }

    private static KeyPair pair(String x, String y, String d) {
        try {
            KeyFactory keys = KeyFactory.getInstance("EC");
            ECPoint point = new ECPoint(new BigInteger(x, 16), new BigInteger(y, 16));
            PublicKey open = keys.generatePublic(new ECPublicKeySpec(point, EllipticCurves.P256));
            PrivateKey secret = keys.generatePrivate(new ECPrivateKeySpec(new BigInteger(d, 16), EllipticCurves.P256));
            return new KeyPair(open, secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String decode(String text) {
        return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.ISO_8859_1);
    }
}
