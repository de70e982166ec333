package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.app.PathApplication;
import dev.cardea.it.app.beans.Desk;
import dev.cardea.it.app.beans.EnterpriseLedger;
import dev.cardea.it.app.beans.Ledger;
import dev.cardea.it.app.beans.LedgerResource;
import dev.cardea.it.app.beans.LedgerServlet;
import dev.cardea.it.app.beans.LibraryLedger;
import dev.cardea.it.app.beans.PlainLedger;
import dev.cardea.it.environment.Application;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.contract.RawResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beans that ask something of their callers, called by a resource that any caller may use and by an open servlet. */
@ExtendWith(ArquillianExtension.class)
@Tag("N23")
class BeansIT {

    private static final TestAuthorizationServer AUTHORIZATION_SERVER =
            TestAuthorizationServer.start(Clock.systemUTC());

    private final Application app = Application.at("beans");
    private final String reads = AUTHORIZATION_SERVER.accessToken("orders:read").build();
    private final String neither =
            AUTHORIZATION_SERVER.accessToken("profile:read").build();

    @Deployment(testable = false)
    static WebArchive beans() {
        return Wars.of(
                        "beans",
                        Wars.trusting(AUTHORIZATION_SERVER),
                        PathApplication.class,
                        Desk.class,
                        Ledger.class,
                        PlainLedger.class,
                        EnterpriseLedger.class,
                        LedgerResource.class,
                        LedgerServlet.class)
                .addAsLibrary(ShrinkWrap.create(JavaArchive.class, "ledger.jar")
                        .addClass(LibraryLedger.class)
                        .addAsManifestResource(EmptyAsset.INSTANCE, "beans.xml"));
    }

    @AfterAll
    static void stop() {
        AUTHORIZATION_SERVER.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "interface", "default", "library", "enterprise", "resource"})
    void aBeanAnswersThroughAResourceAndThroughAServletForWhoeverMayCallItAndForNobodyElse(String bean)
            throws Exception {
        for (String path : List.of("/api/ledger/ask/" + bean, "/api/ledger/stage/" + bean, "/ledger/" + bean)) {
            assertGuarded(path);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?include", "?forward", "?async"})
    void theRefusalIsTheSameInEveryDispatchOfAServlet(String dispatch) throws Exception {
        assertGuarded("/ledger/plain" + dispatch);
        assertGuarded("/ledger/enterprise" + dispatch);
    }

    @Test
    void theAnswerIsThatOfAResourceMethodThatAsksForTheSame() throws Exception {
        for (String token : List.of(neither, "never-issued-by-anybody")) {
            RawResponse byMethod = app.get("/api/ledger/guarded", token);
            for (String path : List.of("/api/ledger/ask/plain", "/ledger/plain")) {
                RawResponse byBean = app.get(path, token);
                assertThat(byBean.status()).as(path).isEqualTo(byMethod.status());
                assertThat(byBean.all("WWW-Authenticate")).as(path).isEqualTo(byMethod.all("WWW-Authenticate"));
                assertThat(byBean.all("Cache-Control")).as(path).isEqualTo(byMethod.all("Cache-Control"));
                assertThat(byBean.body()).as(path).isEqualTo(byMethod.body());
                assertThat(byBean.all("X-Begun")).as(path).isEmpty();
            }
        }
    }

    @Test
    void everyOccurrenceOfARepeatedAnnotationAppliesAndDenyAllIsNobody() throws Exception {
        String both =
                AUTHORIZATION_SERVER.accessToken("orders:read", "orders:write").build();
        assertThat(app.get("/ledger/write", both).body()).isEqualTo("begun written");
        assertThat(app.get("/ledger/write", reads).status()).isEqualTo(403);
        assertThat(app.get("/ledger/never", both).status()).isEqualTo(403);
        assertThat(app.get("/ledger/free").body()).isEqualTo("begun free");
    }

    @Test
    void onceTheResponseWasSentItIsCutAndHoldsNoSecret() throws Exception {
        assertThat(app.get("/ledger/plain?committed", reads).body()).contains("secret");
        String body;
        try {
            body = app.get("/ledger/plain?committed", neither).body();
        } catch (IOException e) {
            body = "";
        }
        assertThat(body).doesNotContain("secret");
    }

    @Test
    void whatIsNotCalledByARequestIsRefused() throws Exception {
        RawResponse thread = app.get("/ledger/thread", reads);
        assertThat(thread.body())
                .contains("refused: ", "PlainLedger.read", "no request")
                .doesNotContain("secret");
        RawResponse later = app.get("/ledger/later", reads);
        assertThat(later.status()).isEqualTo(500);
        assertThat(later.body()).doesNotContain("secret");
    }

    private void assertGuarded(String path) throws Exception {
        RawResponse granted = app.get(path, reads);
        assertThat(granted.status()).as("%s with the right token", path).isEqualTo(200);
        assertThat(granted.body()).as(path).endsWith("secret");

        RawResponse forbidden = app.get(path, neither);
        assertThat(forbidden.status()).as("%s with too little", path).isEqualTo(403);
        assertThat(forbidden.body()).as(path).doesNotContain("secret");
        assertThat(forbidden.all("WWW-Authenticate")).as(path).anySatisfy(challenge -> assertThat(challenge)
                .contains("insufficient_scope", "orders:read"));

        RawResponse anonymous = app.get(path);
        assertThat(anonymous.status()).as("%s anonymously", path).isEqualTo(401);
        assertThat(anonymous.body()).as(path).doesNotContain("secret");
        assertThat(anonymous.all("WWW-Authenticate")).as(path).isNotEmpty();
    }
}
