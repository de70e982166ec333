package dev.cardea.it;

import dev.cardea.it.environment.Server;
import dev.cardea.it.environment.Used;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.TestAuthorizationServer;
import dev.cardea.testkit.contract.RawHttp;
import dev.cardea.testkit.contract.ResourceServerContract;
import dev.cardea.testkit.contract.TokenSource;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract with an authorization server that forges and fails, for what a real one cannot be made to do. */
@ExtendWith(ArquillianExtension.class)
class FaultContractIT extends ResourceServerContract {

    private static final TestAuthorizationServer AUTHORIZATION_SERVER =
            TestAuthorizationServer.start(Clock.systemUTC());

    @Deployment(testable = false)
    static WebArchive orders() {
        Map<String, String> configuration = Wars.trusting(AUTHORIZATION_SERVER);
        configuration.put("cardea.proxy.trusted", "127.0.0.1");
        configuration.put("cardea.cors.allowed-origins", "https://app.example");
        return Wars.orders("faults", configuration);
    }

    @AfterAll
    static void stop() {
        AUTHORIZATION_SERVER.close();
    }

    @Override
    protected URI baseUri() {
        return Server.application("faults");
    }

    @Override
    protected RawHttp http() {
        return super.http().heardBy(Used::request);
    }

    @Override
    protected boolean serverTurnsTabsIntoSpaces() {
        return Server.underTest().turnsTabsIntoSpaces();
    }

    @Override
    protected TokenSource tokens() {
        return TokenSource.of(AUTHORIZATION_SERVER);
    }
}
