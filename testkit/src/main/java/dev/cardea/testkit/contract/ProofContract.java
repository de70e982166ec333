package dev.cardea.testkit.contract;

import dev.cardea.testkit.DpopKey;
import dev.cardea.testkit.DpopProof;
import dev.cardea.testkit.ProofFault;
import dev.cardea.testkit.ProofVariant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** RFC 9449 section 4.3, one fault at a time beside the valid proof it was made from. */
abstract class ProofContract extends DpopContract {

    /** Heads of this size are some servers' business before they are ours. */
    private static final int LARGE = 7_000;

    /** The twin has the same {@code jti}: what was refused has used up nothing (D34). */
    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_NONE, names = "^(NONCE_.*|TRAILING_NEWLINE)$")
    @Tag("D02")
    @Tag("D03")
    @Tag("D04")
    @Tag("D05")
    @Tag("D06")
    @Tag("D07")
    @Tag("D08")
    @Tag("D09")
    @Tag("D13")
    @Tag("D14")
    @Tag("D15")
    @Tag("D31")
    @Tag("D34")
    @Tag("D37")
    @Tag("D42")
    @Tag("W07")
    @Tag("accepts")
    @Tag("refuses")
    void aProofWithOneFaultIsRefusedAndItsValidTwinIsNot(ProofFault fault) throws Exception {
        DpopKey key = DpopKey.generate();
        DpopKey faulty = fault.key(key);
        boolean sameKey = faulty == key;
        String token = forged(READ).boundTo(key).build();
        String otherToken = sameKey ? token : forged(READ).boundTo(faulty).build();
        DpopProof valid = proof(key, token, ORDERS);
        String spoilt = (sameKey ? valid : valid.token(otherToken)).build(fault);

        RawResponse refused = orders().dpop(otherToken, spoilt).send();
        if (spoilt.length() > LARGE) {
            Expect.refusedSomehow(refused);
        } else {
            Expect.refusedFor(fault, refused);
        }
        Expect.granted(orders().dpop(token, valid.build()).send());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D09")
    @Tag("D10")
    @Tag("D13")
    @Tag("D37")
    @Tag("accepts")
    void anUnusualButValidProofIsAccepted(ProofVariant variant) throws Exception {
        DpopKey key = DpopKey.generate();
        String token = bound(Kind.JWT, key, READ);
        DpopProof valid = proof(key, token, ORDERS);

        Expect.granted(orders().dpop(token, valid.build(variant)).send());
        Expect.invalidProof(orders().dpop(token, valid.another().build(ProofFault.TAMPERED_SIGNATURE))
                .send());
    }

    @Test
    @Tag("D01")
    @Tag("accepts")
    @Tag("refuses")
    void thereIsOneProof() throws Exception {
        DpopKey key = DpopKey.generate();
        String token = bound(Kind.JWT, key, READ);
        DpopProof valid = proof(key, token, ORDERS);
        RawRequest request = orders().header("Authorization", "DPoP " + token);
        String once = valid.build();

        for (String second : List.of(once, valid.another().build(), "garbage", "")) {
            Expect.invalidProof(
                    request.header("DPoP", once).header("DPoP", second).send());
            Expect.invalidProof(
                    request.header("DPoP", second).header("dpop", once).send());
            Expect.invalidProof(request.header("DPoP", once + "," + second).send());
            Expect.invalidProof(request.header("DPoP", once + ", " + second).send());
        }
        Expect.granted(request.header("DPoP", once).send());
    }

    @Test
    @Tag("D08")
    @Tag("accepts")
    @Tag("refuses")
    void aProofIsForOneMethod() throws Exception {
        DpopKey key = DpopKey.generate();
        String token = bound(Kind.JWT, key, READ, WRITE);
        RawRequest post = http().request("POST", ORDERS).body("application/json", orderJson());
        RawRequest head = http().request("HEAD", ORDERS);
        DpopProof forGet = proof(key, token, ORDERS);
        DpopProof forPost = forGet.another().request("POST", uri(ORDERS));
        DpopProof forHead = forGet.another().request("HEAD", uri(ORDERS));

        Expect.invalidProof(post.dpop(token, forGet.build()).send());
        Expect.invalidProof(head.dpop(token, forGet.build()).send());
        Expect.invalidProof(orders().dpop(token, forPost.build()).send());
        Expect.invalidProof(orders().header("X-HTTP-Method-Override", "POST")
                .dpop(token, forPost.build())
                .send());
        Expect.granted(post.header("X-HTTP-Method-Override", "GET")
                .dpop(token, forPost.build())
                .send());
        Expect.granted(head.dpop(token, forHead.build()).send());
        Expect.granted(orders().dpop(token, forGet.build()).send());
    }

    @Test
    @Tag("D09")
    @Tag("accepts")
    @Tag("refuses")
    void theQueryIsNoPartOfTheTarget() throws Exception {
        DpopKey key = DpopKey.generate();
        String token = bound(Kind.JWT, key, READ);
        RawRequest withQuery = http().get(ORDERS + "?a=b&htu=https://other.example/");
        DpopProof valid = proof(key, token, ORDERS);

        Expect.granted(withQuery.dpop(token, valid.build()).send());
        Expect.granted(withQuery
                .dpop(token, valid.another().request("GET", uri(ORDERS) + "?x").build())
                .send());
        Expect.invalidProof(withQuery
                .dpop(token, valid.another().request("GET", uri("/api/both")).build())
                .send());
    }

    /** The proxy on this machine is trusted: see {@link ResourceServerContract}. */
    @Test
    @Tag("D11")
    @Tag("accepts")
    @Tag("refuses")
    void behindAProxyTheTargetIsWhatTheClientAskedFor() throws Exception {
        DpopKey key = DpopKey.generate();
        String token = bound(Kind.JWT, key, READ);
        String direct = uri(ORDERS);
        String path = direct.substring(direct.indexOf('/', direct.indexOf("//") + 2));
        DpopProof seen = proof(key, token, ORDERS).request("GET", "https://shop.example" + path);
        RawRequest forwarded = orders().header("X-Forwarded-Proto", "https").header("X-Forwarded-Host", "shop.example");

        Expect.granted(forwarded.dpop(token, seen.build()).send());
        Expect.invalidProof(forwarded
                .dpop(token, seen.another().request("GET", direct).build())
                .send());
        Expect.invalidProof(forwarded
                .dpop(
                        token,
                        seen.another()
                                .request("GET", "https://other.example" + path)
                                .build())
                .send());
        Expect.invalidProof(orders().dpop(token, seen.another().build()).send());
    }

    @Test
    @Tag("D16")
    @Tag("B09")
    void aProofIsForOneRequestOfAConnection() throws Exception {
        DpopKey key = DpopKey.generate();
        String token = bound(Kind.JWT, key, READ);
        RawHttp http = http();
        RawRequest anonymous = http.get(ORDERS);
        DpopProof first = proof(key, token, ORDERS);

        List<RawResponse> answers = http.onOneConnection(
                anonymous.dpop(token, first.build()),
                anonymous,
                anonymous.dpop(token, first.another().build()),
                anonymous.header("Authorization", "DPoP " + token));

        Expect.granted(answers.get(0));
        Expect.challenged(answers.get(1));
        Expect.granted(answers.get(2));
        Expect.invalidProof(answers.get(3));
    }
}
