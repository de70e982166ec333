package dev.cardea.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("C04")
@Tag("T12")
class SubjectRuleTest {
    private static final Map<String, Object> NOTHING = Map.of();

    @Test
    void aSubjectThatIsTheClientIsTheClientAndAnyOtherIsAUser() {
        assertThat(byClientId("shop", "shop", NOTHING)).isEqualTo(SubjectKind.CLIENT);
        assertThat(byClientId("alice", "shop", NOTHING)).isEqualTo(SubjectKind.USER);
        assertThat(byClientId("Shop", "shop", NOTHING)).isEqualTo(SubjectKind.USER);
    }

    @Test
    void whereNoClientIsNamedNobodyCanTell() {
        assertThat(byClientId("alice", null, NOTHING)).isEqualTo(SubjectKind.UNKNOWN);
        assertThat(byClientId(null, null, NOTHING)).isEqualTo(SubjectKind.UNKNOWN);
        assertThat(bySession("alice", null, Map.of("sid", "1"))).isEqualTo(SubjectKind.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"gty, client-credentials", "idtyp, app", "grant_type, client_credentials"})
    void aProductsMarkMakesAClientOfASubjectThatLooksLikeAUsers(String name, String value) {
        assertThat(byClientId("42@clients", "shop", Map.of(name, value))).isEqualTo(SubjectKind.CLIENT);
        assertThat(byClientId("42@clients", "shop", Map.of(name, "something else")))
                .isEqualTo(SubjectKind.USER);
        assertThat(byClientId("42@clients", "shop", Map.of(name, value, "sid", "1")))
                .isEqualTo(SubjectKind.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"sid, 1", "auth_time, 1795255200", "username, alice"})
    void aUserWhoseSubjectIsTheClientsIdIsNotTakenForTheClient(String name, String value) {
        assertThat(byClientId("shop", "shop", NOTHING)).isEqualTo(SubjectKind.CLIENT);
        assertThat(byClientId("shop", "shop", Map.of(name, value))).isEqualTo(SubjectKind.UNKNOWN);
        assertThat(byClientId("shop", "shop", Map.of("username", "shop"))).isEqualTo(SubjectKind.CLIENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"username", "Username", "user_name", "user_id", "upn", "preferred_username", "email", "sid"})
    @Tag("I19")
    void withoutASubjectItIsTheClientUnlessSomethingElseNamesAPerson(String name) {
        assertThat(byClientId(null, "shop", NOTHING)).isEqualTo(SubjectKind.CLIENT);
        assertThat(byClientId("", "shop", NOTHING)).isEqualTo(SubjectKind.CLIENT);
        assertThat(byClientId(null, "shop", Map.of(name, "alice"))).isEqualTo(SubjectKind.UNKNOWN);
    }

    @Test
    @Tag("I19")
    void withoutASubjectThePrincipalMayNameThePerson() {
        Claims claims = Claims.of(Map.of("account", "alice"));
        assertThat(SubjectRule.CLIENT_ID.judge(claims, null, "shop", null)).isEqualTo(SubjectKind.CLIENT);
        assertThat(SubjectRule.CLIENT_ID.judge(claims, null, "shop", "shop")).isEqualTo(SubjectKind.CLIENT);
        assertThat(SubjectRule.CLIENT_ID.judge(claims, null, "shop", "alice")).isEqualTo(SubjectKind.UNKNOWN);
    }

    @Test
    void inKeycloakAUserHasASessionAndAClientTheAddressItAskedFrom() {
        assertThat(bySession("30f2", "shop", Map.of("sid", "1"))).isEqualTo(SubjectKind.USER);
        assertThat(bySession("0cb4", "shop", NOTHING)).isEqualTo(SubjectKind.UNKNOWN);
        assertThat(bySession("0cb4", "shop", Map.of("clientHost", "10.0.0.1"))).isEqualTo(SubjectKind.CLIENT);
        assertThat(bySession("0cb4", "shop", Map.of("clientAddress", "10.0.0.1", "sid", "1")))
                .isEqualTo(SubjectKind.CLIENT);
        assertThat(bySession(null, "shop", Map.of("sid", "1"))).isEqualTo(SubjectKind.UNKNOWN);
        assertThat(bySession(null, "shop", NOTHING)).isEqualTo(SubjectKind.UNKNOWN);
        assertThat(bySession("shop", "shop", Map.of("sid", "1"))).isEqualTo(SubjectKind.UNKNOWN);
    }

    @Test
    void theNameOfAServiceAccountIsDoubtAndNoProof() {
        Map<String, Object> named = Map.of("sid", "1", "preferred_username", "service-account-shop");
        assertThat(bySession("0cb4", "shop", Map.of("sid", "1", "preferred_username", "alice")))
                .isEqualTo(SubjectKind.USER);
        assertThat(bySession("0cb4", "shop", named)).isEqualTo(SubjectKind.UNKNOWN);
        assertThat(byClientId("0cb4", "shop", Map.of("username", "service-account-shop")))
                .isEqualTo(SubjectKind.UNKNOWN);
    }

    /** Who forgot the profile must not get service accounts for users. */
    @Test
    void keycloaksServiceAccountIsNoUserUnderAnotherProfile() {
        assertThat(byClientId("0cb4", "shop", NOTHING)).isEqualTo(SubjectKind.USER);
        assertThat(byClientId("0cb4", "shop", Map.of("clientHost", "10.0.0.1"))).isEqualTo(SubjectKind.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"DELEGATED, scp", "USER_ID, uid", "USERNAME, username"})
    @Tag("accepts")
    @Tag("refuses")
    void aUserIsKnownByTheClaimThatOnlyUsersHave(SubjectRule rule, String mark) {
        assertThat(judge(rule, "alice", "shop", Map.of(mark, "alice"))).isEqualTo(SubjectKind.USER);
        assertThat(judge(rule, "alice", "shop", NOTHING)).isEqualTo(SubjectKind.UNKNOWN);
        assertThat(judge(rule, "shop", "shop", NOTHING)).isEqualTo(SubjectKind.CLIENT);
        assertThat(judge(rule, "shop", "shop", Map.of(mark, "alice"))).isEqualTo(SubjectKind.UNKNOWN);
        assertThat(judge(rule, "0cb4", "shop", Map.of("idtyp", "app"))).isEqualTo(SubjectKind.CLIENT);
        assertThat(judge(rule, "0cb4", "shop", Map.of("idtyp", "app", mark, "alice")))
                .isEqualTo(SubjectKind.UNKNOWN);
        assertThat(judge(rule, null, "shop", NOTHING)).isEqualTo(SubjectKind.UNKNOWN);
    }

    @Test
    void cognitosClientHasATimeOfLoginToo() {
        Map<String, Object> login = Map.of("auth_time", 1795255200);
        assertThat(judge(SubjectRule.USERNAME, "shop", "shop", login)).isEqualTo(SubjectKind.CLIENT);
        assertThat(byClientId("shop", "shop", login)).isEqualTo(SubjectKind.UNKNOWN);
    }

    @Test
    void auth0sClientHasASubjectThatNoUserHas() {
        SubjectRule auth0 = SubjectRule.CLIENTS_SUFFIX;
        assertThat(judge(auth0, "shop@clients", "shop", NOTHING)).isEqualTo(SubjectKind.CLIENT);
        assertThat(judge(auth0, "shop@clients", "shop", Map.of("sid", "1"))).isEqualTo(SubjectKind.UNKNOWN);
        assertThat(judge(auth0, "other@clients", "shop", NOTHING)).isEqualTo(SubjectKind.UNKNOWN);
        assertThat(judge(auth0, "auth0|1", "shop", NOTHING)).isEqualTo(SubjectKind.USER);
    }

    private static SubjectKind byClientId(
            @Nullable String subject, @Nullable String clientId, Map<String, Object> claims) {
        return judge(SubjectRule.CLIENT_ID, subject, clientId, claims);
    }

    private static SubjectKind bySession(
            @Nullable String subject, @Nullable String clientId, Map<String, Object> claims) {
        return judge(SubjectRule.SESSION, subject, clientId, claims);
    }

    private static SubjectKind judge(
            SubjectRule rule, @Nullable String subject, @Nullable String clientId, Map<String, Object> claims) {
        String principal = "".equals(subject) ? null : subject;
        return rule.judge(Claims.of(new HashMap<>(claims)), subject, clientId, principal);
    }
}
