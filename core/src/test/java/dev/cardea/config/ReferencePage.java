package dev.cardea.config;

/** {@code docs/reference/configuration.md}, made from {@link Key}; the words around them stand here. */
final class ReferencePage {
    private static final String INTRODUCTION = """
            # Configuration

            <!-- Made from the code by ReferencePageTest: change dev.cardea.config.Key or ReferencePage, then run
                 mvn -Dquick -pl core -am test -Dtest=ReferencePageTest -Dcardea.docs.write=true -Dsurefire.failIfNoSpecifiedTests=false -->

            Cardea reads MicroProfile Config. Put the settings into `META-INF/microprofile-config.properties` of the WAR, into
            environment variables (`cardea.introspection.client-secret` is `CARDEA_INTROSPECTION_CLIENT_SECRET`), into system
            properties, or wherever your server's configuration comes from. On servers without MicroProfile Config (Tomcat, Jetty,
            Open Liberty without the feature `mpConfig`) the first three work the same way.

            The least that works:

            ```properties
            cardea.issuer=https://as.example.com
            cardea.audience=https://api.example.com
            ```

            JWTs of that issuer are now verified. For opaque tokens, introspection is needed as well. It is on as soon as there is a
            client id; its address comes from the issuer's metadata unless `cardea.introspection.url` says it:

            ```properties
            cardea.introspection.client-id=orders-api
            cardea.introspection.client-secret=${ORDERS_API_SECRET}
            ```

            ## What Cardea does with it

            - **All or nothing.** The configuration is read once, at deployment. If anything is wrong with it the deployment fails with
              one message that lists every problem: the key, what is wrong, what to write instead. Nothing that would weaken a check
              has a default, and no audience means no start.
            - **Unknown names are problems**, since a mistyped setting is one that does not work. Names from environment variables are
              exempt: Kubernetes sets `CARDEA_PORT` for a Service called `cardea`. Not exempt are those that begin with
              `CARDEA_ROUTES_` or `CARDEA_ISSUERS_`, unless they end as the variables of a Service do
              (`CARDEA_ROUTES_SERVICE_HOST`, `..._PORT_80_TCP_ADDR`): a rule that is missing would be noticed by nobody. Names of the
              planned vocabulary (`cardea.revocation.*`, `cardea.routes.<name>.acr-values`, ...) are refused as "not supported by
              this version".
            - **Relaxations are named and logged.** Each of `cardea.allow-http-issuer`, `cardea.require-tls=false`,
              `cardea.introspection.allow-missing-audience`,
              `cardea.access.default=permit`, widened `cardea.jwt.types` and shortened `cardea.jwt.required-claims` is a line at WARNING
              at start.

            ## How values are written

            - An empty value is no value. Blanks around a value do not count, except in secrets.
            - Durations: `400ms`, `30s`, `5m`, `2h`, `1d`, or ISO-8601 (`PT30S`). A number without a unit is a problem.
            - Lists: separated by commas; `\\,` is a comma inside an element.
            - `${name}` and `${name:default}` are replaced by the property or environment variable of that name; `\\${` is a plain `${`.
              An expression that leads nowhere is a problem.
            - **Secrets are taken as written**: `$`, `,` and backslashes mean nothing in `cardea.introspection.client-secret`. Only a
              value that is as a whole `${name}` or `${name:default}` is looked up, and what is found there is again taken as written
              (on servers with secret key handlers, `${handler::value}` is decoded). In a `.properties` file the file format's own rule
              stays: a backslash is written `\\\\`. A secret that itself looks like `${name}` goes into a file, see
              `cardea.introspection.client-secret-file`.
            - In the environment, a name is looked up as it stands, then with everything but letters and digits as `_`, then that in
              upper case.

            ## Settings

            """;

    private static final String PROFILES = """

            ## Profiles

            What each `cardea.issuer-profile` presets, what it relaxes and why, and on which documentation it rests, stands in
            [profiles.md](profiles.md). Minimal settings for each product are in [products.md](../how-to/products.md).
            """;

    private static final String ISSUERS = """

            ## Further issuers

            Each has a name of its own, in lower-case letters, digits and single dashes, and at least an issuer:
            `cardea.issuers.partner.issuer=https://partner.example.com`. Its settings are called as above, with `issuers.<name>.` after
            `cardea.`, and mean the same. What is about us is taken over from `cardea.*`; what is about the issuer's product, and whom to
            trust for it, is not. How issuers are told apart stands in [issuers.md](issuers.md). In the environment,
            `cardea.issuers.partner.jwks.url` is `CARDEA_ISSUERS_PARTNER_JWKS_URL`.

            """;

    private static final String ROUTES = """

            ## Path rules

            Each rule has a name of its own, in lower-case letters, digits and single dashes, and at least a path. How rules and
            annotations go together stands in [routes.md](routes.md). In the environment, `cardea.routes.order-admin.path` is
            `CARDEA_ROUTES_ORDER_ADMIN_PATH`.

            """;

    private ReferencePage() {}

    static String render() {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        page.append("| key | value | default | effect | since |\n|---|---|---|---|---|\n");
        for (Key key : Key.values()) {
            row(page, "`" + key.key() + "`", key.type().describe(), key.standardExplained(), key.effect(), key.since());
        }
        page.append(ISSUERS).append("| key | where there is none |\n|---|---|\n");
        IssuerScope.keys()
                .forEach(key -> row(
                        page,
                        "`" + IssuerScope.pattern(key) + "`",
                        IssuerScope.TAKEN_OVER.contains(key) ? "`" + key.key() + "`" : key.standardExplained()));
        page.append(ROUTES).append("| key | value | default | effect |\n|---|---|---|---|\n");
        for (RouteKey key : RouteKey.values()) {
            row(page, "`" + key.pattern() + "`", key.type().describe(), key.standardExplained(), key.effect());
        }
        page.append(PROFILES);
        return page.toString();
    }

    private static void row(StringBuilder page, String... cells) {
        page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
