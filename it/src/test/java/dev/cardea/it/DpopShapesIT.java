package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.bypass.Shape;
import dev.cardea.it.environment.Server;
import dev.cardea.it.environment.Used;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.DpopKey;
import dev.cardea.testkit.DpopProof;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.contract.Expect;
import dev.cardea.testkit.contract.RawHttp;
import dev.cardea.testkit.contract.RawRequest;
import dev.cardea.testkit.contract.RawResponse;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The third configuration of the WAR of shapes: every token is bound to a key, every proof needs a nonce. However a resource is
 * declared and reached, it runs for the owner of the token alone, and once for each proof.
 */
@ExtendWith(ArquillianExtension.class)
class DpopShapesIT {

    private static final String NAME = "shapes-dpop";
    private static final TestAuthorizationServer AUTHORIZATION_SERVER =
            TestAuthorizationServer.start(Clock.systemUTC());

    private final URI base = Server.application(NAME);
    private final RawHttp http = RawHttp.to(base).heardBy(Used::request);
    private final DpopKey key = DpopKey.generate();

    @Deployment(testable = false)
    static WebArchive shapes() {
        Map<String, String> configuration = Wars.trusting(AUTHORIZATION_SERVER);
        configuration.put("cardea.dpop.mode", "required");
        configuration.put("cardea.dpop.nonce", "required");
        return Wars.shapes(NAME, configuration);
    }

    @AfterAll
    static void end() {
        AUTHORIZATION_SERVER.close();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D12")
    @Tag("D15")
    @Tag("D16")
    @Tag("D18")
    @Tag("D19")
    @Tag("D30")
    @Tag("accepts")
    @Tag("refuses")
    void isReachedWithAProofAndANonceAndInNoOtherWay(Shape shape) throws Exception {
        String token = shape.ordinal() % 2 == 0
                ? AUTHORIZATION_SERVER.issueBoundJwt(key, "orders:read")
                : AUTHORIZATION_SERVER.issueBoundOpaque(key, "orders:read");
        RawRequest get = http.get(shape.path());
        DpopProof withoutNonce = proof(key, shape, token);
        long before = reached(shape);

        String nonce = Expect.nonceNeeded(get.dpop(token, withoutNonce.build()).send());
        DpopProof valid = withoutNonce.nonce(nonce);
        challenged(shape, get.send());
        Expect.nonceNeeded(get.dpop(token, valid.nonce("made-up").build()).send());
        Expect.invalidProof(get.header("Authorization", "DPoP " + token).send());
        Expect.invalidBoundToken(get.bearer(token).send());
        Expect.invalidBoundToken(get.bearer(token).header("DPoP", valid.build()).send());
        Expect.invalidProof(
                get.dpop(token, valid.claim("htu", base + "elsewhere").build()).send());
        refusesOthers(shape, get, token);
        refusesUnboundTokens(get, valid);
        assertThat(reached(shape)).as("how often it ran").isEqualTo(before);

        RawRequest good = get.dpop(token, valid.build());
        RawResponse granted = good.send();
        Expect.granted(granted);
        assertThat(granted.body()).isEqualTo(shape.marker());
        assertThat(reached(shape)).isEqualTo(before + 1);

        Expect.invalidProof(good.send());
        assertThat(reached(shape)).as("for each proof").isEqualTo(before + 1);
        Expect.granted(get.dpop(token, valid.another().build()).send());
        assertThat(reached(shape)).isEqualTo(before + 2);
    }

    /** The way there is open, and what is behind it is asked for by nobody: there both schemes are offered. */
    private static void challenged(Shape shape, RawResponse answer) {
        if (shape == Shape.ERROR) {
            Expect.challengedForBoth(answer);
        } else {
            Expect.challengedForDpop(answer);
        }
    }

    /** Somebody else has a key too, and a nonce if he has a token of his own; but he has not this token's key. */
    private void refusesOthers(Shape shape, RawRequest get, String token) throws Exception {
        DpopKey thief = DpopKey.generate();
        String own = AUTHORIZATION_SERVER.issueBoundJwt(thief, "orders:write");
        String nonce = Expect.nonceNeeded(
                get.dpop(own, proof(thief, shape, own).build()).send());
        DpopProof proof = proof(thief, shape, token);

        Expect.invalidBoundToken(get.dpop(token, proof.build()).send());
        Expect.invalidBoundToken(
                get.dpop(token, proof.another().nonce(nonce).build()).send());
    }

    private void refusesUnboundTokens(RawRequest get, DpopProof valid) throws Exception {
        String unbound = AUTHORIZATION_SERVER.issueJwt("orders:read");

        Expect.invalidBoundToken(get.bearer(unbound).send());
        Expect.invalidBoundToken(
                get.dpop(unbound, valid.another().token(unbound).build()).send());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D22")
    @Tag("B16")
    void aScopeIsNeededToo(Shape shape) throws Exception {
        String token = AUTHORIZATION_SERVER.issueBoundJwt(key, "orders:write");
        RawRequest get = http.get(shape.path());
        DpopProof proof = proof(key, shape, token);
        long before = reached(shape);
        String nonce = Expect.nonceNeeded(get.dpop(token, proof.build()).send());

        Expect.insufficientBoundScope(
                get.dpop(token, proof.nonce(nonce).build()).send(), "orders:read");
        assertThat(reached(shape)).isEqualTo(before);
    }

    @Test
    @Tag("D23")
    void whatIsOpenIsOpenToEverybody() throws Exception {
        assertThat(http.get("/public/info").send().body()).isEqualTo("orders API");
        assertThat(http.get("/public/reached").send().status()).isEqualTo(200);
    }

    private DpopProof proof(DpopKey signer, Shape shape, String token) {
        return DpopProof.of(signer, "GET", base + shape.path().substring(1)).token(token);
    }

    private long reached(Shape shape) throws Exception {
        return http.get("/public/reached")
                .send()
                .body()
                .lines()
                .filter(line -> line.startsWith(shape.reported() + "="))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf('=') + 1)))
                .findFirst()
                .orElse(0);
    }
}
