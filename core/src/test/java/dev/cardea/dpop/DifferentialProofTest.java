package dev.cardea.dpop;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.cardea.dpop.PresentedProof.Known;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Generated proofs, judged by us and by Nimbus: where the two differ, {@link Disagreement} has to know it. 1,500 proofs in the ordinary
 * build, 10,000 in the long one.
 */
class DifferentialProofTest {
    private static final int PROOFS = Integer.getInteger("cardea.proofs", 1_500);
    private static final long SEED = Long.getLong("cardea.seed", 20261121);
    private static final Path PAGE = Path.of("../docs/reference/dpop.md");

    private final Map<Disagreement, Integer> seen = new EnumMap<>(Disagreement.class);
    private final Set<List<Object>> accepted = new HashSet<>();

    @Test
    @Tag("D02")
    @Tag("D03")
    @Tag("D04")
    @Tag("D05")
    @Tag("D06")
    @Tag("D07")
    @Tag("D08")
    @Tag("D09")
    @Tag("D10")
    @Tag("D13")
    @Tag("D14")
    @Tag("D15")
    @Tag("D30")
    void differsFromAnotherVerifierOnlyWhereItIsListed() throws Exception {
        Clock clock = Clock.fixed(
                Instant.now(), ZoneOffset.UTC); // Nimbus looks at the wall clock; no generated time is near an edge.
        try (CardeaJudge cardea = new CardeaJudge(clock);
                NimbusJudge nimbus = new NimbusJudge()) {
            ProofGenerator generator = new ProofGenerator(SEED, clock, cardea.nonces::newest);
            List<PresentedProof> everyOne = generator.everyOne();
            Stream<PresentedProof> random = Stream.generate(generator::next)
                    .flatMap(Collection::stream)
                    .limit(Math.max(0, PROOFS - everyOne.size()));
            for (PresentedProof proof : (Iterable<PresentedProof>) Stream.concat(everyOne.stream(), random)::iterator) {
                compare(proof, cardea.refusal(proof), nimbus.refusal(proof));
            }
        }
        assertThat(Set.of(Disagreement.values())).as("entries without a proof").isEqualTo(seen.keySet());
        assertThat(accepted).as("enough good ones").hasSizeGreaterThan(PROOFS / 4);
    }

    private void compare(PresentedProof proof, String ours, String theirs) throws ParseException {
        if (proof.known() == Known.SOUND) {
            assertThat(ours).as("too strict: %s", proof).isEmpty();
        } else if (proof.known() == Known.FAULTY) {
            assertThat(ours).as("wrongly accepted: %s", proof).isNotEmpty();
        }
        if (ours.isEmpty()) {
            requireForThisRequest(proof);
        }
        if (ours.isEmpty() != theirs.isEmpty()) {
            Disagreement kind = Disagreement.of(ours, theirs)
                    .orElseThrow(() -> new AssertionError("not listed; we say '" + ours + "', they say '" + theirs
                            + "' (empty: accepted) of " + proof));
            seen.merge(kind, 1, Integer::sum);
        }
    }

    /** What holds of every accepted proof, read by another parser and compared the slow way. */
    private void requireForThisRequest(PresentedProof proof) throws ParseException {
        Map<String, Object> claims =
                JSONObjectUtils.parse(new Base64URL(proof.proof().split("\\.", -1)[1]).decodeToString());
        assertThat(claims).as("%s", proof).containsEntry("htm", proof.method());
        assertThat(slowlyNormalised(String.valueOf(claims.get("htu"))))
                .as("%s", proof)
                .isEqualTo(slowlyNormalised(proof.uri()));
        List<Object> use = List.of(
                Base64.getEncoder().encodeToString(proof.keyThumbprint()),
                proof.method(),
                slowlyNormalised(proof.uri()),
                claims.get("jti"));
        assertThat(accepted.add(use)).as("accepted twice: %s", proof).isTrue();
    }

    private static String slowlyNormalised(String uri) {
        String base = uri.replaceAll("[?#].*", "");
        for (char c = '-'; c <= '~'; c++) {
            if (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0) {
                base = base.replaceAll("(?i)%" + Integer.toHexString(c), String.valueOf(c));
            }
        }
        URI parsed = URI.create(base).normalize();
        int port = parsed.getPort() < 0 ? 443 : parsed.getPort();
        return parsed.getScheme().toLowerCase(Locale.ROOT) + " "
                + parsed.getHost().toLowerCase(Locale.ROOT) + " " + port + " " + parsed.getRawPath();
    }

    @Test
    void thePageListsTheSame() throws Exception {
        String table = Stream.of(Disagreement.values()).map(Disagreement::row).collect(Collectors.joining("\n"));
        if (Boolean.getBoolean("cardea.docs.write")) {
            String page = Files.readString(PAGE);
            int start = page.indexOf("|---|---|---|---|\n", page.indexOf("## Where others decide differently")) + 18;
            int end = page.indexOf("\n\n", start);
            Files.writeString(PAGE, page.substring(0, start) + table + page.substring(end));
        }
        assertThat(Files.readString(PAGE)).contains("\n" + table + "\n");
    }
}
