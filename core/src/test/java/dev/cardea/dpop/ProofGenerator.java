package dev.cardea.dpop;

import dev.cardea.dpop.PresentedProof.Known;
import dev.cardea.testkit.DpopKey;
import dev.cardea.testkit.DpopProof;
import dev.cardea.testkit.ProofFault;
import dev.cardea.testkit.ProofVariant;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes proofs, the same ones for the same seed but for keys, times and signatures: valid ones of every algorithm in every spelling,
 * every {@link ProofFault} alone and behind a variant, and what chance makes of them. One half is without nonces.
 */
final class ProofGenerator {
    private static final List<String> ALGORITHMS = List.of(
            "ES256", "ES256", "ES256", "ES256", "ES256", "ES256", "RS256", "PS256", "Ed25519", "EdDSA", "ES384",
            "ES512", "RS384", "RS512", "PS384", "PS512");
    private static final List<String> URIS = List.of(
            "https://api.example/shop/orders",
            "https://api.example:8080/orders",
            "https://[2001:db8::1]/orders",
            "https://api.example/o/%E2%82%AC/a%2Fb;v=1/~x/s");
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "REPORT");
    private static final ProofFault[] FAULTS = ProofFault.values();
    private static final ProofVariant[] VARIANTS = ProofVariant.values();

    private final Random random;
    private final ProofMutations mutations;
    private final Clock clock;
    private final Function<byte[], String> nonces;
    private final List<DpopKey> keys =
            ALGORITHMS.stream().map(DpopKey::generate).toList();
    private int fault;
    private int variant;
    private int number;

    /** @param nonces makes the nonce that the server wants to see with a key */
    ProofGenerator(long seed, Clock clock, Function<byte[], String> nonces) {
        this.random = new Random(seed);
        this.mutations = new ProofMutations(random);
        this.clock = clock;
        this.nonces = nonces;
    }

    /** Each fault, each variant and each of the seldom shapes at least once, with a nonce and without. */
    List<PresentedProof> everyOne() {
        List<PresentedProof> all = new ArrayList<>();
        for (boolean withNonce : new boolean[] {false, true}) {
            for (int i = 0; i < FAULTS.length; i++) {
                all.add(withFault(start(withNonce)));
            }
            for (int i = 0; i < VARIANTS.length; i++) {
                Start start = start(withNonce);
                all.add(start.presented(nextVariant(start).build(), Known.SOUND));
            }
            for (int i = 0; i < 16; i++) {
                all.addAll(twice(start(withNonce), i));
            }
            for (String seldom : mutations.seldom()) {
                Start start = start(withNonce);
                all.add(start.presented(
                        mutations.seldom(start.proof, seldom, start.made).build(), Known.OPEN));
            }
        }
        return all;
    }

    private Start start(boolean withNonce) {
        number++;
        return new Start(withNonce);
    }

    /** One proof, or two of which the second is about the first. */
    List<PresentedProof> next() {
        Start start = start(random.nextBoolean());
        return switch (random.nextInt(20)) {
            case 0 -> List.of(start.presented(start.proof.build(), Known.SOUND));
            case 1, 2, 3 -> List.of(spelledDifferently(start));
            case 4, 5, 6, 7 -> List.of(withFault(start));
            case 8, 9 -> List.of(variantWithFault(start));
            case 10, 11, 12 -> List.of(membersByChance(start));
            case 13, 14, 15, 16 -> List.of(jsonByChance(start));
            case 17, 18 -> List.of(start.presented(mutations.compact(start.proof.build(), start.made), Known.OPEN));
            default -> twice(start, random.nextInt(4));
        };
    }

    /** A valid proof, its request and its token. */
    private final class Start {
        private final List<String> made = new ArrayList<>();
        private final DpopKey key = keys.get(random.nextInt(keys.size()));
        private final String method = METHODS.get(random.nextInt(METHODS.size()));
        private final String uri = URIS.get(random.nextInt(URIS.size()));
        private final String token = "token-" + random.nextInt(1_000_000);
        private final @Nullable String nonce;
        private final DpopProof proof;

        Start(boolean withNonce) {
            this.nonce = withNonce ? nonces.apply(thumbprint(key)) : null;
            made.add(key.algorithm());
            DpopProof plain = DpopProof.of(key, method, uri, clock).token(token).jti("jti-" + number);
            this.proof = nonce == null ? plain : plain.nonce(nonce);
        }

        PresentedProof presented(String text, Known known) {
            return presented(text, known, key);
        }

        PresentedProof presented(String text, Known known, DpopKey bound) {
            return new PresentedProof(List.copyOf(made), known, text, method, uri, token, thumbprint(bound), nonce);
        }
    }

    private static byte[] thumbprint(DpopKey key) {
        return Base64.getUrlDecoder().decode(key.thumbprint());
    }

    private PresentedProof spelledDifferently(Start start) {
        if (random.nextInt(3) == 0) {
            return start.presented(
                    mutations.sameAddress(start.proof, start.made).build(), Known.SOUND);
        }
        return start.presented(nextVariant(start).build(), Known.SOUND);
    }

    private DpopProof nextVariant(Start start) {
        ProofVariant next = VARIANTS[variant++ % VARIANTS.length];
        start.made.add(next.name());
        DpopProof varied = next.of(start.proof);
        return varied.jti(varied.claims().get("jti") + "-" + number);
    }

    /** Each in turn. The faults of nonces count where one is needed, those of time where a nonce does not stand for it. */
    private PresentedProof withFault(Start start) {
        ProofFault next = FAULTS[fault++ % FAULTS.length];
        start.made.add(next.name());
        boolean counts = (start.nonce == null ? !next.ofNonce() : !next.rescuable()) && hasBitsLeft(next, start.key);
        return start.proof.claims().containsKey("nonce") || !next.ofNonce()
                ? start.presented(start.proof.build(next), counts ? Known.FAULTY : Known.OPEN, next.key(start.key))
                : start.presented(start.proof.build(), Known.SOUND);
    }

    /** Signatures of 96 and 132 bytes fill their last character. */
    private static boolean hasBitsLeft(ProofFault fault, DpopKey key) {
        return fault != ProofFault.NON_CANONICAL_SIGNATURE || !key.algorithm().matches("ES384|ES512");
    }

    private PresentedProof variantWithFault(Start start) {
        ProofFault next = FAULTS[random.nextInt(FAULTS.length)];
        boolean impossible = next.ofNonce() && start.nonce == null;
        if (impossible || VARIANTS[variant % VARIANTS.length] == ProofVariant.FRACTIONAL_IAT) {
            return spelledDifferently(start);
        }
        DpopProof varied = random.nextBoolean() ? nextVariant(start) : mutations.otherAddress(start.proof, start.made);
        start.made.add(next.name());
        return start.presented(varied.build(next), Known.OPEN, next.key(start.key));
    }

    private PresentedProof membersByChance(Start start) {
        if (random.nextInt(4) == 0) {
            return start.presented(
                    mutations.otherAddress(start.proof, start.made).build(), Known.FAULTY);
        }
        DpopProof changed = mutations.member(start.proof, start.made);
        boolean again = random.nextInt(3) == 0;
        return start.presented((again ? mutations.member(changed, start.made) : changed).build(), Known.OPEN);
    }

    private PresentedProof jsonByChance(Start start) {
        DpopProof first = random.nextInt(3) == 0 ? nextVariant(start) : start.proof;
        return start.presented(mutations.json(first, start.made), Known.OPEN);
    }

    private List<PresentedProof> twice(Start start, int how) {
        PresentedProof first = start.presented(start.proof.build(), Known.SOUND);
        return switch (how % 4) {
            case 0 -> {
                start.made.add("again");
                yield List.of(first, start.presented(first.proof(), Known.FAULTY));
            }
            case 1 -> {
                start.made.add("its jti for another method");
                String method = start.method.equals("GET") ? "POST" : "GET";
                PresentedProof other =
                        start.presented(start.proof.request(method, start.uri).build(), Known.SOUND);
                yield List.of(first, at(other, method, start.uri));
            }
            case 2 -> {
                start.made.add("its jti for another address");
                String uri = start.uri + "/1";
                PresentedProof other =
                        start.presented(start.proof.request(start.method, uri).build(), Known.SOUND);
                yield List.of(first, at(other, start.method, uri));
            }
            default -> {
                start.made.add("its jti was in a proof for another token before");
                yield List.of(
                        start.presented(start.proof.build(ProofFault.ATH_OF_ANOTHER_TOKEN), Known.FAULTY),
                        start.presented(start.proof.build(), Known.SOUND));
            }
        };
    }

    private static PresentedProof at(PresentedProof proof, String method, String uri) {
        return new PresentedProof(
                proof.made(),
                proof.known(),
                proof.proof(),
                method,
                uri,
                proof.token(),
                proof.keyThumbprint(),
                proof.nonce());
    }
}
