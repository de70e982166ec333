package dev.cardea.examples.demo;

import java.net.URI;

/** Commands for trying things out by hand while the servers are up. */
final class CurlLines {
    private CurlLines() {}

    static String of(URI issuer, URI api) {
        return """

                # A JWT with both scopes (orders-client-opaque gives an opaque token, short-lived one that lives 3 s,
                # other-audience one for another API; the secret is always the name followed by -secret):
                TOKEN=$(curl -s -u orders-client:orders-client-secret -d grant_type=client_credentials \\
                  -d 'scope=orders:read orders:write' ISSUER/oauth2/token | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')

                curl -i API/api/orders
                curl -i -H "Authorization: Bearer $TOKEN" API/api/orders
                curl -i -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
                  -d '{"item":"hinge","quantity":2}' API/api/orders
                curl -i -H "Authorization: Bearer $TOKEN" API/api/whoami
                curl -i -H "Authorization: Bearer $TOKEN" API/plain/servlet
                curl -i API/api/open
                """.replace("ISSUER", issuer.toString()).replace("API/", api + "/");
    }
}
