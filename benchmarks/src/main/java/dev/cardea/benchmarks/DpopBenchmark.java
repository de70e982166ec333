package dev.cardea.benchmarks;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jose4j.jws.EcdsaUsingShaAlgorithm;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A request with a token that is bound to a key (ES256, seen before) and a proof that nobody has seen (ES256), of one of many
 * clients; the peers, who verify the token each time; and one raw verification of such a proof by the same provider, which nobody
 * can do without. Proofs are made before it begins.
 *
 * <p>For peers and floor the provider is the first of the JVM, so they use it; Cardea is told its name.
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar DpopBenchmark -bm sample -tu ns -prof gc}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class DpopBenchmark {
    /** Spring Security remembers a thousand proofs of one key. */
    private static final int CLIENTS = 256;

    private static final String CORRETTO = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    @Param({"jdk", "corretto", "conscrypt", "bouncycastle"})
    String provider = "jdk";

    /** For all iterations of a run, which has to end before they are too old, a minute later. */
    @Param("200000")
    int proofs = 200_000;

    private final Proofs[] clients = new Proofs[CLIENTS];
    private String[] fields = {};
    private String[] fresh = {};
    private int next;
    private Cardea cardea;
    private ProofPeer springSecurity;
    private ProofPeer nimbus;
    private Raw raw;

    @Setup
    public void start() throws Exception {
        Provider signer = made(CORRETTO);
        cardea = Cardea.startWith(provider);
        for (int i = 0; i < CLIENTS; i++) {
            clients[i] = new Proofs(signer);
            clients[i].bindTo(Tokens.valid(Algorithm.ES256, cardea.issuer())
                    .claim("cnf", Map.of("jkt", clients[i].thumbprint()))
                    .build());
        }
        fields = new String[CLIENTS];
        for (int i = 0; i < CLIENTS; i++) {
            fields[i] = "DPoP " + clients[i].token();
        }
        Provider first =
                switch (provider) {
                    case "corretto" -> made(CORRETTO);
                    case "conscrypt" -> made("org.conscrypt.OpenSSLProvider");
                    case "bouncycastle" -> made("org.bouncycastle.jce.provider.BouncyCastleProvider");
                    default -> Security.getProvider("SunEC");
                };
        Security.insertProviderAt(first, 1); // where SunEC is already, it stays behind the others
        springSecurity = ProofPeer.springSecurity(cardea.issuer());
        nimbus = ProofPeer.nimbus(cardea.issuer());
        raw = new Raw(first, clients);
        fresh = new String[proofs];
        for (int i = 0; i < proofs; i++) {
            fresh[i] = clients[i % CLIENTS].next();
        }
    }

    private static Provider made(String name) throws ReflectiveOperationException {
        return (Provider) Class.forName(name).getConstructor().newInstance();
    }

    @TearDown
    public void stop() {
        cardea.close();
    }

    @Benchmark
    public Object cardea() {
        int i = nextProof();
        return cardea.granted(fields[i % CLIENTS], fresh[i]);
    }

    @Benchmark
    public Object springSecurity() throws Exception {
        int i = nextProof();
        return springSecurity.accept(clients[i % CLIENTS].token(), fresh[i]);
    }

    @Benchmark
    public Object nimbus() throws Exception {
        int i = nextProof();
        return nimbus.accept(clients[i % CLIENTS].token(), fresh[i]);
    }

    @Benchmark
    public boolean rawSignature() throws Exception {
        return raw.verify();
    }

    private int nextProof() {
        if (next == fresh.length) {
            throw new IllegalStateException("more proofs are needed: -p proofs=" + 2 * fresh.length);
        }
        return next++;
    }

    /** One verification after the other with everything at hand: the provider's own keys, and signatures in its own form. */
    private static final class Raw {
        private final Signature[] verifiers;
        private final byte[][] inputs;
        private final byte[][] signatures;
        private int next;

        Raw(Provider provider, Proofs... clients) throws Exception {
            verifiers = new Signature[clients.length];
            inputs = new byte[clients.length][];
            signatures = new byte[clients.length][];
            KeyFactory keys = KeyFactory.getInstance("EC", provider);
            for (int i = 0; i < clients.length; i++) {
                PublicKey key = keys.generatePublic(
                        new X509EncodedKeySpec(clients[i].publicKey().getEncoded()));
                verifiers[i] = Signature.getInstance("SHA256withECDSA", provider);
                verifiers[i].initVerify(key);
                String proof = clients[i].next();
                int dot = proof.lastIndexOf('.');
                inputs[i] = proof.substring(0, dot).getBytes(StandardCharsets.US_ASCII);
                signatures[i] = EcdsaUsingShaAlgorithm.convertConcatenatedToDer(
                        Base64.getUrlDecoder().decode(proof.substring(dot + 1)));
            }
        }

        boolean verify() throws Exception {
            int i = next++ % verifiers.length;
            verifiers[i].update(inputs[i]);
            if (verifiers[i].verify(signatures[i])) {
                return true;
            }
            throw new IllegalStateException("not verified");
        }
    }
}
