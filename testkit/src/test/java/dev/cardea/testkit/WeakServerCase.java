package dev.cardea.testkit;

import dev.cardea.testkit.contract.ResourceServerContract;
import dev.cardea.testkit.contract.TokenSource;
import java.net.URI;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract against one weakness. Its name keeps Surefire from running it: it is there to fail. */
class WeakServerCase extends ResourceServerContract {

    static Weakness weakness = Weakness.GRANTS_EVERYTHING;
    private static TestAuthorizationServer as;
    private static ReferenceServer server;

    @BeforeAll
    static void start() {
        as = TestAuthorizationServer.start(Clock.systemUTC());
        server = new ReferenceServer(as, weakness);
    }

    @AfterAll
    static void stop() {
        server.close();
        as.close();
    }

    @Override
    protected URI baseUri() {
        return server.base();
    }

    @Override
    protected TokenSource tokens() {
        return TokenSource.of(as);
    }
}
