package dev.cardea.it;

import dev.cardea.it.environment.Relay;
import dev.cardea.it.environment.Server;
import dev.cardea.it.environment.SpringAuthorizationServer;
import dev.cardea.it.environment.SpringTokens;
import dev.cardea.it.environment.Used;
import dev.cardea.it.environment.Wars;
import dev.cardea.testkit.contract.RawHttp;
import dev.cardea.testkit.contract.ResourceServerContract;
import dev.cardea.testkit.contract.TokenSource;
import java.net.URI;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The whole contract with a real authorization server's tokens. That the application finds keys and hears about opaque
 * tokens at all also shows that {@code java.net.http} works from inside the server.
 */
@ExtendWith(ArquillianExtension.class)
class OrdersContractIT extends ResourceServerContract {

    private static final Relay RELAY =
            Relay.to(SpringAuthorizationServer.shared().introspectionEndpoint());
    private static final SpringTokens TOKENS = SpringTokens.through(RELAY);

    @Deployment(testable = false)
    static WebArchive orders() {
        Map<String, String> configuration = Wars.trustingSpring();
        configuration.put(
                "cardea.introspection.url",
                RELAY.through(SpringAuthorizationServer.shared().introspectionEndpoint())
                        .toString());
        // The shortest token of the authorization server lives three seconds; its end should not take half a minute
        // more.
        configuration.put("cardea.jwt.clock-skew", "0s");
        configuration.put("cardea.proxy.trusted", "127.0.0.1");
        configuration.put("cardea.cors.allowed-origins", "https://app.example");
        return Wars.orders("orders", configuration);
    }

    @AfterAll
    static void unplug() {
        RELAY.close();
    }

    @Override
    protected URI baseUri() {
        return Server.application("orders");
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
        return TOKENS;
    }
}
