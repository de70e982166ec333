package dev.cardea.testkit;

import dev.cardea.testkit.contract.ResourceServerContract;
import dev.cardea.testkit.contract.TokenSource;
import java.net.URI;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract can be kept: a server that does the obvious thing passes all of it. */
class ReferenceServerTest extends ResourceServerContract {

    private static TestAuthorizationServer as;
    private static ReferenceServer server;

    @BeforeAll
    static void start() {
        as = TestAuthorizationServer.start(Clock.systemUTC());
        server = new ReferenceServer(as);
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
