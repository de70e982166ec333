package dev.cardea.testkit.contract;

import java.io.IOException;
import java.net.URI;

/** What the parts of the contract share: where the orders application is, and how it is asked. */
abstract class OrdersClient {

    static final String ORDERS = "/api/orders";
    static final String READ = "orders:read";
    static final String WRITE = "orders:write";

    /** Where the WAR is deployed. */
    protected abstract URI baseUri();

    /** Tokens that the application should trust. */
    protected abstract TokenSource tokens();

    /** An order that {@code POST /api/orders} takes. */
    protected String orderJson() {
        return "{\"item\":\"lamp\",\"quantity\":1}";
    }

    /** Whether the server turns tabs in header fields into spaces before any application sees them. Such tests are skipped. */
    protected boolean serverTurnsTabsIntoSpaces() {
        return false;
    }

    /** For applications behind TLS: {@code RawHttp.to(baseUri(), factory)}. */
    protected RawHttp http() {
        return RawHttp.to(baseUri());
    }

    final RawRequest orders() {
        return http().get(ORDERS);
    }

    final RawResponse ordersAs(String authorization) throws IOException {
        return orders().header("Authorization", authorization).send();
    }

    final RawResponse ordersWith(String token) throws IOException {
        return orders().bearer(token).send();
    }

    final RawRequest postOrder(String token) {
        return http().request("POST", "/api/orders").bearer(token).body("application/json", orderJson());
    }
}
