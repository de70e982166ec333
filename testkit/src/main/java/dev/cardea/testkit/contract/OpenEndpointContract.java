package dev.cardea.testkit.contract;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What everybody may read. Open does not mean that a bad token passes: its sender believes to be somebody. */
abstract class OpenEndpointContract extends ScopeContract {

    @ParameterizedTest
    @ValueSource(strings = {"/public/info", "/api/open"})
    @Tag("B09")
    void openEndpointsNeedNoToken(String path) throws Exception {
        Expect.granted(http().get(path).send());
        Expect.granted(http().request("HEAD", path).send());
        Expect.granted(http().get(path).header("Authorization", "Basic YTpi").send());
        Expect.granted(http().get(path).bearer(tokens().jwt("anything")).send());
        Expect.granted(http().get(path).bearer(tokens().opaque("anything")).send());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public/info", "/api/open"})
    @Tag("B15")
    void openEndpointsRefuseABadToken(String path) throws Exception {
        Expect.invalidToken(http().get(path).bearer(tokens().expiredJwt()).send());
        Expect.invalidToken(http().get(path).bearer("never-issued-by-anybody").send());
        Expect.malformed(http().get(path).header("Authorization", "Bearer").send());
        Expect.granted(http().get(path).bearer(tokens().jwt("anything")).send());
    }
}
