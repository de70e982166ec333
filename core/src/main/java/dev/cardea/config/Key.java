package dev.cardea.config;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.cardea.demand.NonceUse;
import dev.cardea.demand.Validation;
import dev.cardea.demand.WhenUnavailable;
import dev.cardea.profile.Profile;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every setting of this version: the one table that {@link ConfigurationReader} reads by and that
 * {@code docs/reference/configuration.md} is made from.
 *
 * <p>A default beginning with a parenthesis is an explanation for readers; any other is the value that is used.
 */
enum Key implements Setting {
    ISSUER(
            "cardea.issuer",
            new Type.Url(),
            "(none)",
            "The authorization server. Compared with `iss` as text: a trailing slash matters. Its metadata"
                    + " (RFC 8414, then OpenID Discovery) tells where keys and the introspection endpoint are."),
    ISSUER_PROFILE(
            "cardea.issuer-profile",
            new Type.Choice(Profile.words(), List.of("liberty", "adfs")),
            "generic",
            "What the product's access tokens look like, where it differs from RFC 9068: [profiles.md](profiles.md)."),
    AUDIENCE(
            "cardea.audience",
            new Type.Texts("list of texts"),
            "(none: required)",
            "Who we are: a token whose `aud` has none of these values is refused, whoever validated it."),
    ALLOW_HTTP(
            "cardea.allow-http-issuer",
            new Type.Flag(),
            "false",
            "Relaxation: addresses of the authorization server may be `http:`. Tokens and the client secret then"
                    + " travel in the clear, and whoever is on the way can make keys up. For development."),

    REQUIRE_TLS(
            "cardea.require-tls",
            new Type.Flag(),
            "true",
            "Whether a request over plain HTTP that presents or needs credentials is refused with 403. A peer on the same"
                    + " machine (127.0.0.0/8, ::1) is exempt. `false` is a relaxation: tokens can be read and used by"
                    + " whoever is on the way."),
    PROXY_TRUSTED(
            "cardea.proxy.trusted",
            new Type.Texts("list of IP addresses and CIDR ranges"),
            "(none)",
            "Proxies whose word counts on how a request came to them: the last value of `X-Forwarded-Proto` and `proto` in the last"
                    + " element of `Forwarded`, which both have to say `https` if they are there; and without `cardea.external-url`, for"
                    + " proofs, `host` of that element and the last `X-Forwarded-Host`, `-Port` and `-Prefix`. A proxy has to set or"
                    + " remove each of these fields, or clients set them. Leave it empty where the server applies such fields itself."
                    + " See [behind a proxy](../how-to/behind-a-proxy.md)."),
    EXTERNAL_URL(
            "cardea.external-url",
            new Type.Text("http or https URL"),
            "(what the container says, or a trusted proxy)",
            "The address of the application's root as clients see it, with whatever path stands in place of the context path:"
                    + " `https://api.example.com/store`. Proofs have to be for that address and what stands behind the context path;"
                    + " neither `Host` nor any forwarding field counts for that. Set it wherever there is one address: without it the"
                    + " host is what the client wrote, or a trusted proxy. See [behind a proxy](../how-to/behind-a-proxy.md)."),
    CORS_ALLOWED_ORIGINS(
            "cardea.cors.allowed-origins",
            new Type.Texts("list of origins"),
            "(none)",
            "Whose pages may call from a browser. Their preflights are not challenged, and reach no endpoint; their answers,"
                    + " refusals included, may be read. Exact origins only; see [answers.md](answers.md#browsers)."),

    TOKEN_VALIDATION(
            "cardea.token.validation",
            new Type.Choice(Stream.of(Validation.values()).map(Validation::word).toList(), List.of()),
            "auto",
            "`auto`: a JWT of a configured issuer is verified here, one of another issuer is refused without a call,"
                    + " anything else is introspected; without an issuer, every token is. `local`: only JWTs. `introspect`: every"
                    + " token, JWT or not. `local-and-introspect`: a JWT has to pass both. `local-else-introspect`: as `auto`, and"
                    + " a JWT whose signature or key fails is introspected. See [validation.md](validation.md)."),
    TOKEN_MAX_LENGTH(
            "cardea.token.max-length",
            new Type.Count(256, 16384, "characters"),
            "8192",
            "Longer tokens are refused before anything else looks at them."),
    TOKEN_OPAQUE_PREFIX(
            "cardea.token.opaque-prefix",
            new Type.Text("text of token characters"),
            "(none)",
            "What every opaque token of the issuer starts with: anything else is refused without a call."),

    TOKEN_COOKIE(
            "cardea.token.cookie",
            new Type.Text("cookie name beginning with `__Host-`"),
            "(none: only the Authorization header counts)",
            "A cookie in which browser front ends of the same origin may send the token, on the paths whose rule has"
                    + " `token-cookie=true`."),

    JWT_TYPES(
            "cardea.jwt.types",
            new Type.Texts("list of `typ` values; `absent` for none at all"),
            "(by profile)",
            "Accepted `typ` of access tokens, case-insensitive, `application/` implied. Anything but `at+jwt` brings in"
                    + " the profile's discriminator, which keeps ID tokens out."),
    JWT_ALGORITHMS(
            "cardea.jwt.algorithms",
            new Type.Texts("list of JWS names"),
            "RS256,RS384,RS512,PS256,PS384,PS512,ES256,ES384,ES512,EdDSA,Ed25519",
            "Accepted signature algorithms. The key has to fit as well; symmetric ones and `none` never do."),
    JWT_CLOCK_SKEW(
            "cardea.jwt.clock-skew",
            new Type.Span(ZERO, ofMinutes(5)),
            "30s",
            "Tolerance for `exp` and `nbf`. An `iat` may be 10 s in the future at most, whatever this says."),
    JWT_MAX_LIFETIME(
            "cardea.jwt.max-lifetime",
            new Type.Span(ofSeconds(1), ofDays(365)),
            "(no limit)",
            "Longest accepted time from `iat` to `exp`."),
    JWT_REQUIRED_CLAIMS(
            "cardea.jwt.required-claims",
            new Type.Texts("list of claim names"),
            "(by profile)",
            "Claims that a JWT must have. `iss`, `aud` and `exp` cannot be left out."),
    JWT_DECRYPTION_KEY(
            "cardea.jwt.decryption-key",
            new Type.Readable(),
            "(none: encrypted tokens are refused)",
            "File with one private JWK, or a set of them while keys are rotated, each with its `alg`: encrypted tokens are"
                    + " opened with it, whoever issued the signed token inside. Read once at start. See [jwt.md](jwt.md#encrypted-tokens)."),
    JWT_CACHE_MAX_ENTRIES(
            "cardea.jwt.cache.max-entries",
            new Type.Count(0, 1_000_000, "entries"),
            "10000",
            "JWTs whose verified signature is remembered, of all issuers together; about 1 KB for a usual one, 16 KB at most. Those in use stay."
                    + " `0` verifies every JWT at every request. One of more than 4096 characters, or with more than 256 members and elements in its claims, always is."),
    JWT_CACHE_TTL(
            "cardea.jwt.cache.ttl",
            new Type.Span(ofSeconds(1), ofHours(24)),
            "5m",
            "Time after which a remembered JWT is verified again at the latest. Its `exp` and the withdrawal of its key"
                    + " are noticed at every request, whatever this says."),

    JWKS_URL(
            "cardea.jwks.url",
            new Type.Url(),
            "(by discovery)",
            "Where the issuer's keys are, if its metadata does not say."),
    JWKS_REFRESH(
            "cardea.jwks.refresh",
            new Type.Span(ofSeconds(60), ofHours(24)),
            "10m",
            "Age by which keys have been fetched again, in the background. The answer's `Cache-Control` can make it sooner, down to"
                    + " 60 s."),
    JWKS_MAX_STALE(
            "cardea.jwks.max-stale",
            new Type.Span(ofMinutes(1), ofDays(30)),
            "24h",
            "Age up to which the last good keys still verify while new ones cannot be had; afterwards 503. Not below"
                    + " `cardea.jwks.refresh`."),
    JWKS_COOLDOWN(
            "cardea.jwks.cooldown",
            new Type.Span(ofSeconds(1), ofHours(1)),
            "30s",
            "Time in which one further fetch for an unknown `kid` is earned; a burst of two is always there."),
    JWKS_TIMEOUT(
            "cardea.jwks.timeout", new Type.Span(ofMillis(100), ofSeconds(30)), "2s", "Total time of one key fetch."),

    INTROSPECTION_URL(
            "cardea.introspection.url",
            new Type.Url(),
            "(by discovery)",
            "The RFC 7662 endpoint. May be left out where `cardea.issuer` is set: its metadata names it. If they list how"
                    + " clients authenticate there and `auth-method` is not on the list, nobody is asked: 503. With this"
                    + " setting the list does not count."),
    INTROSPECTION_CLIENT_ID(
            "cardea.introspection.client-id",
            new Type.Text("text"),
            "(none)",
            "Who we are to that endpoint. Setting it is what switches introspection on."),
    INTROSPECTION_CLIENT_SECRET(
            "cardea.introspection.client-secret",
            new Type.Hidden(),
            "(none)",
            "Our secret there. Taken as written: `$`, `,` and backslashes are nothing special. Only a value that is as"
                    + " a whole `${name}` is looked up under that name."),
    INTROSPECTION_CLIENT_SECRET_FILE(
            "cardea.introspection.client-secret-file",
            new Type.Readable(),
            "(none)",
            "File with the secret instead, read again when it changes; one line end at its end is not part of the secret."),
    INTROSPECTION_AUTH_METHOD(
            "cardea.introspection.auth-method",
            new Type.Choice(
                    Stream.of(ClientSettings.Method.values())
                            .map(ClientSettings.Method::word)
                            .toList(),
                    List.of()),
            "client_secret_basic",
            "How we authenticate there; [client-authentication.md](client-authentication.md) says what each needs."),
    INTROSPECTION_SECRET_OVERLAP(
            "cardea.introspection.secret-overlap",
            new Type.Span(ZERO, ofHours(24)),
            "10m",
            "After the file of the secret or of the key has changed: how long what it held before is tried as well, where the"
                    + " new one is refused."),
    INTROSPECTION_KEY(
            "cardea.introspection.key",
            new Type.Readable(),
            "(none)",
            "File with the private key that signs our assertions, for `private_key_jwt`, and for `bearer` instead of a secret: a JWK,"
                    + " a JWK set, or PEM (PKCS#8). Read again when it changes."),
    INTROSPECTION_ASSERTION_AUDIENCE(
            "cardea.introspection.assertion-audience",
            new Type.Text("text"),
            "(the issuer, or the endpoint where no issuer is set)",
            "`aud` of our assertions."),
    INTROSPECTION_TOKEN_URL(
            "cardea.introspection.token-url",
            new Type.Url(),
            "(by discovery)",
            "The token endpoint from which `auth-method=bearer` gets its token."),
    INTROSPECTION_TOKEN_SCOPE(
            "cardea.introspection.token-scope",
            new Type.Text("scopes with spaces between them"),
            "(none)",
            "The scope that `auth-method=bearer` asks for."),
    INTROSPECTION_RESPONSE(
            "cardea.introspection.response",
            new Type.Choice(List.of("json", "jwt"), List.of()),
            "json",
            "`jwt`: answers have to be signed by the issuer (RFC 9701)."),
    INTROSPECTION_TIMEOUT(
            "cardea.introspection.timeout",
            new Type.Span(ofMillis(100), ofSeconds(30)),
            "2s",
            "Total time from a question to its answer: waiting, the call with its body, attempts again; then 503."),
    INTROSPECTION_CONNECT_TIMEOUT(
            "cardea.introspection.connect-timeout",
            new Type.Span(ofMillis(50), ofSeconds(30)),
            "1s",
            "Time to connect, when the issuer's metadata and keys are fetched as well; not above `cardea.introspection.timeout`,"
                    + " which lowers the default."),
    INTROSPECTION_MAX_RESPONSE(
            "cardea.introspection.max-response",
            new Type.Count(1024, 1_048_576, "bytes"),
            "65536",
            "Longest accepted answer; a longer one is 503."),
    INTROSPECTION_TOKEN_TYPE_HINT(
            "cardea.introspection.token-type-hint",
            new Type.Flag(),
            "true",
            "Whether `token_type_hint=access_token` is sent."),
    INTROSPECTION_ALLOW_MISSING_AUDIENCE(
            "cardea.introspection.allow-missing-audience",
            new Type.Flag(),
            "false",
            "Relaxation: an answer without `aud` is accepted (Open Liberty gives none). A token for any other API of"
                    + " that authorization server then works here too. An `aud` that is there is still checked."),
    INTROSPECTION_CACHE_TTL(
            "cardea.introspection.cache.ttl",
            new Type.Span(ZERO, ofHours(1)),
            "30s",
            "How long an answer is used again: how late a revocation is noticed. `0s` asks every time."),
    INTROSPECTION_CACHE_MAX_ENTRIES(
            "cardea.introspection.cache.max-entries",
            new Type.Count(1, 1_000_000, "entries"),
            "10000",
            "Answers kept about active tokens, of at most 8 KiB each, a larger one is used but not kept; and a tenth as many about"
                    + " tokens that are not."),
    INTROSPECTION_CACHE_NEGATIVE_TTL(
            "cardea.introspection.cache.negative-ttl",
            new Type.Span(ZERO, ofMinutes(5)),
            "5s",
            "How long \"inactive\" is remembered."),
    INTROSPECTION_CACHE_CLIENT_TTL(
            "cardea.introspection.cache.client-ttl",
            new Type.Texts("list of client-id=duration"),
            "(none)",
            "Another `cache.ttl` for the tokens of some clients, for instance `batch=5m,kiosk=5s`."),
    INTROSPECTION_CACHE_REFRESH_AHEAD(
            "cardea.introspection.cache.refresh-ahead",
            new Type.Span(ZERO, ofMinutes(30)),
            "0s",
            "How long before its end an answer that is in use is asked for again in the background, so that no request waits."
                    + " `0s`: never."),
    INTROSPECTION_CACHE_RECHECK(
            "cardea.introspection.cache.recheck",
            new Type.Fraction(),
            "0",
            "Share of the uses of a remembered answer that have it asked for again in the background: `0.01` is one in a"
                    + " hundred."),
    INTROSPECTION_CACHE_RESPECT_NO_STORE(
            "cardea.introspection.cache.respect-no-store",
            new Type.Flag(),
            "false",
            "Whether an answer with `Cache-Control: no-store`, `no-cache` or `max-age=0` is not remembered. Keycloak and Spring"
                    + " send that with everything. A `max-age` above 0 always counts."),
    INTROSPECTION_RETRY_ATTEMPTS(
            "cardea.introspection.retry.attempts",
            new Type.Count(1, 5, "calls"),
            "2",
            "Calls for one question, the first included; only after a transport error or a 5xx, and only within the timeout."),
    INTROSPECTION_RETRY_BACKOFF(
            "cardea.introspection.retry.backoff",
            new Type.Span(ofMillis(1), ofSeconds(5)),
            "50ms",
            "Longest pause before the second call; doubled before each further one. A random part of it is waited."),
    INTROSPECTION_RETRY_MAX_BACKOFF(
            "cardea.introspection.retry.max-backoff",
            new Type.Span(ofMillis(1), ofSeconds(30)),
            "500ms",
            "Where the doubling ends."),
    INTROSPECTION_BREAKER_FAILURES(
            "cardea.introspection.breaker.failures",
            new Type.Count(1, 64, "calls"),
            "5",
            "So many failures among the last `breaker.window` calls open the circuit: transport errors, timeouts and 5xx."),
    INTROSPECTION_BREAKER_WINDOW(
            "cardea.introspection.breaker.window",
            new Type.Count(1, 64, "calls"),
            "20",
            "How many calls are looked back upon; not under `breaker.failures`."),
    INTROSPECTION_BREAKER_OPEN_FOR(
            "cardea.introspection.breaker.open-for",
            new Type.Span(ofMillis(100), ofMinutes(5)),
            "5s",
            "How long nobody calls while the circuit is open; then probes find out."),
    INTROSPECTION_BREAKER_PROBES(
            "cardea.introspection.breaker.probes",
            new Type.Count(1, 100, "calls"),
            "1",
            "Calls at a time that find out whether the endpoint works again."),
    INTROSPECTION_MAX_CONCURRENT(
            "cardea.introspection.max-concurrent",
            new Type.Count(1, 10_000, "calls"),
            "(12 for each processor, at least 24)",
            "Calls at a time; a quarter is kept for tokens that were active when last asked about."),
    INTROSPECTION_RATE_LIMIT(
            "cardea.introspection.rate-limit",
            new Type.Count(0, 1_000_000, "calls per second"),
            "500",
            "Calls per second; a quarter is kept for tokens that were active when last asked about. `0`: no limit."),
    WHEN_UNAVAILABLE(
            "cardea.when-unavailable",
            new Type.Choice(
                    Stream.of(WhenUnavailable.values())
                            .map(WhenUnavailable::word)
                            .toList(),
                    List.of()),
            "(`deny`; where everybody may come in, `anonymous`)",
            "What happens to a token that cannot be introspected because the endpoint cannot be reached, fails, or is left alone."
                    + " `deny`: 503. `stale`: what it said last, if that was yes. `local`: a JWT that verifies here."
                    + " `anonymous`: as without a token, where that suffices. See [validation.md](validation.md#when-the-answer-is-unavailable)."),
    STALE_FOR(
            "cardea.stale-for",
            new Type.Span(ofSeconds(1), ofHours(1)),
            "(none)",
            "With `stale`: how long an answer may serve after it would have been asked for again."),

    HTTP_TRUST_STORE(
            "cardea.http.trust-store",
            new Type.Readable(),
            "(the JVM's)",
            "PEM, PKCS12 or JKS file with the certificates that the authorization server's may come from."),
    HTTP_TRUST_STORE_PASSWORD_FILE(
            "cardea.http.trust-store-password-file",
            new Type.Readable(),
            "(none)",
            "File with the trust store's password. Without it most PKCS12 files seem empty. PEM needs none."),
    HTTP_KEY_STORE(
            "cardea.http.key-store",
            new Type.Readable(),
            "(none)",
            "PEM, PKCS12 or JKS file with our own certificate and its private key, shown to a server that asks for one: for"
                    + " `tls_client_auth` and `self_signed_tls_client_auth`. Read again when it changes."),
    HTTP_KEY_STORE_PASSWORD_FILE(
            "cardea.http.key-store-password-file",
            new Type.Readable(),
            "(none)",
            "File with the password of that store and of the key in it. PEM needs none."),
    HTTP_PROXY(
            "cardea.http.proxy",
            new Type.Text("host:port"),
            "(the JVM's)",
            "Proxy for every call to the authorization server, `localhost` included. Without it the JVM's own settings hold"
                    + " (`https.proxyHost`, `http.nonProxyHosts`)."),
    HTTP_BEARER_TOKEN_FILE(
            "cardea.http.bearer-token-file",
            new Type.Readable(),
            "(none)",
            "File with a token to be sent, as `Authorization: Bearer`, when the issuer's metadata and keys are fetched"
                    + " (Kubernetes wants one). Read again at each fetch. Sent over https only, and never with an introspection."),

    CRYPTO_PROVIDER(
            "cardea.crypto.provider",
            new Type.Text(
                    "`auto`, `jdk`, `corretto`, `conscrypt`, `bouncycastle`, or the name of an installed provider"),
            "auto",
            "Who verifies signatures of tokens and proofs. `auto`: the fastest provider on the class path that passes its test at start,"
                    + " else the JVM's own. See [faster signatures](../how-to/faster-signatures.md)."),

    DPOP_MODE(
            "cardea.dpop.mode",
            new Type.Choice(modes(), List.of()),
            "optional",
            "`optional`: a token that is bound to a key (`cnf.jkt`) needs the scheme `DPoP` and a proof, other tokens do not. `required`:"
                    + " tokens that are not bound to a key are refused. `off`: the scheme is neither offered nor accepted, and bound"
                    + " tokens are refused. No mode takes a bound token as bearer token. See [dpop.md](dpop.md)."),
    DPOP_ALGORITHMS(
            "cardea.dpop.algorithms",
            new Type.Texts("list of JWS names"),
            "ES256,ES384,ES512,PS256,PS384,PS512,RS256,EdDSA,Ed25519",
            "Accepted signature algorithms of proofs; challenges list them."),
    DPOP_PROOF_MAX_LENGTH(
            "cardea.dpop.proof-max-length",
            new Type.Count(512, 16384, "characters"),
            "8192",
            "Longer proofs are refused before anything else looks at them."),
    DPOP_PROOF_MAX_AGE(
            "cardea.dpop.proof-max-age",
            new Type.Span(ofSeconds(1), ofMinutes(10)),
            "60s",
            "How long after its `iat` a proof is accepted."),
    DPOP_CLOCK_SKEW(
            "cardea.dpop.clock-skew",
            new Type.Span(ZERO, ofMinutes(1)),
            "10s",
            "By how much a client's clock may be off: `iat` may be so much in the future, and so much older than"
                    + " `cardea.dpop.proof-max-age`."),
    DPOP_NONCE(
            "cardea.dpop.nonce",
            new Type.Choice(Stream.of(NonceUse.values()).map(NonceUse::word).toList(), List.of()),
            "rescue",
            "`required`: each proof needs a nonce of ours. `rescue`: none is needed, but a client whose clock is wrong is given one, which"
                    + " then stands for its clock. `off`: there are no nonces. See [dpop.md](dpop.md#nonces)."),
    DPOP_NONCE_TTL(
            "cardea.dpop.nonce-ttl",
            new Type.Span(ofSeconds(5), ofHours(1)),
            "5m",
            "How long a nonce is accepted. A newer one is given out after a fifth of that."),
    DPOP_NONCE_SECRET(
            "cardea.dpop.nonce-secret",
            new Type.Hidden(),
            "(a random one of this process)",
            "What nonces are made with, at least 32 random characters; the same on each node of a cluster. Several with white space"
                    + " between them while it is replaced: the first makes nonces, all of them are accepted."),
    DPOP_NONCE_SECRET_FILE(
            "cardea.dpop.nonce-secret-file",
            new Type.Readable(),
            "(none)",
            "File with these secrets instead, read again when it changes."),
    DPOP_REPLAY_MAX_ENTRIES(
            "cardea.dpop.replay.max-entries",
            new Type.Count(1000, 10_000_000, "proofs"),
            "500000",
            "How many used proofs are remembered at a time, each until it would not be accepted anyway; at most 100 bytes each. When there"
                    + " is no room for one more: 503. One client's proofs never fill it."),

    CERTIFICATE_MODE(
            "cardea.certificate-binding.mode",
            new Type.Choice(modes(), List.of()),
            "optional",
            "`optional`: a token that is bound to a client certificate (`cnf.x5t#S256`) needs that certificate, other tokens do not."
                    + " `required`: tokens that are not bound to one are refused. `off`: bound tokens are refused. See"
                    + " [certificate-binding.md](certificate-binding.md)."),
    CERTIFICATE_HEADER_FORMAT(
            "cardea.certificate-binding.header-format",
            new Type.Choice(List.of("rfc9440", "envoy", "nginx", "alb", "haproxy"), List.of()),
            "(none: only the connection's certificate counts)",
            "In which format the proxies of `cardea.proxy.trusted` hand the client's certificate on. For requests from them it is then the only"
                    + " certificate that counts. They have to set or remove the field in every request."),
    CERTIFICATE_HEADER(
            "cardea.certificate-binding.header",
            new Type.Text("header name"),
            "(by format)",
            "The header field in which they do: `Client-Cert`, `X-Forwarded-Client-Cert`, `X-SSL-Client-Cert`,"
                    + " `X-Amzn-Mtls-Clientcert-Leaf` or `X-SSL-Client-DER`, if this is not set."),

    PRINCIPAL_CLAIM(
            "cardea.principal.claim",
            new Type.Texts("list of claim names"),
            "sub",
            "Names the principal; the first one present wins. A slash leads into nested objects."),
    ROLES_CLAIMS(
            "cardea.roles.claims",
            new Type.Texts("list of claim names"),
            "(by profile)",
            "Claims that hold roles: a string (one role) or an array of strings. A slash leads into nested objects; `/*` at"
                    + " the end means the names of an object's members."),
    GROUPS_CLAIMS(
            "cardea.groups.claims",
            new Type.Texts("list of claim names"),
            "(by profile)",
            "Claims that hold groups; written like `cardea.roles.claims`."),
    SCOPE_CLAIMS(
            "cardea.scope.claims",
            new Type.Texts("list of claim names"),
            "(by profile)",
            "Claims that hold scopes: a space-separated string or an array. A slash leads into nested objects."),
    ACCESS_DEFAULT(
            "cardea.access.default",
            new Type.Choice(List.of("authenticated", "deny", "permit"), List.of()),
            "authenticated",
            "What holds where no annotation says anything. `permit` is a relaxation: what somebody forgot to annotate"
                    + " is open."),
    REQUEST_REMOVED_HEADERS(
            "cardea.request.removed-headers",
            new Type.Texts("list of header names"),
            "(none)",
            "Header fields of requests that the application does not get to see, such as `X-Remote-User` of a proxy that"
                    + " is no longer there; dash and underscore count as the same."),
    RESOURCE_REALM(
            "cardea.resource.realm",
            new Type.Text("printable ASCII without `\"` and backslash"),
            "cardea",
            "The `realm` of challenges."),
    RESOURCE_PROBLEM_DETAILS(
            "cardea.resource.problem-details",
            new Type.Flag(),
            "false",
            "Whether a refusal, or a 503, has an `application/problem+json` body (RFC 9457) for clients whose `Accept`"
                    + " admits it; see [problems.md](problems.md).");

    private final String key;
    private final Type type;
    private final String standard;
    private final String effect;

    Key(String key, Type type, String standard, String effect) {
        this.key = key;
        this.type = type;
        this.standard = standard;
        this.effect = effect;
    }

    private static List<String> modes() {
        return Stream.of(BindingMode.values()).map(BindingMode::word).toList();
    }

    /** The property's name. */
    @Override
    public String key() {
        return key;
    }

    @Override
    public Type type() {
        return type;
    }

    /** The value that is used where none is set, or null if there is none or something else decides. */
    @Override
    public @Nullable String standard() {
        return standard.startsWith("(") ? null : standard;
    }

    /** The default as readers are told. */
    String standardExplained() {
        return standard.startsWith("(") ? standard.substring(1, standard.length() - 1) : "`" + standard + "`";
    }

    /** What it does, in Markdown. */
    String effect() {
        return effect;
    }

    /** The version that brought it. One for all, so far. */
    String since() {
        return "0.1";
    }
}
