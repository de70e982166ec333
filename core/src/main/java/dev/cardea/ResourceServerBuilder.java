package dev.cardea;

import dev.cardea.authz.Requirement;
import dev.cardea.authz.Requirement.Access;
import dev.cardea.challenge.Challenges;
import dev.cardea.clientauth.ClientAuthentication;
import dev.cardea.clientauth.ClientAuthentications;
import dev.cardea.config.BindingMode;
import dev.cardea.config.ClaimSettings;
import dev.cardea.config.ClientSettings;
import dev.cardea.config.Configuration;
import dev.cardea.config.ConfigurationReader;
import dev.cardea.config.ConfigurationSource;
import dev.cardea.config.ConfigurationSources;
import dev.cardea.config.HttpSettings;
import dev.cardea.config.IntrospectionSettings;
import dev.cardea.config.IssuerSettings;
import dev.cardea.config.JwksSettings;
import dev.cardea.config.MapSource;
import dev.cardea.config.RouteSettings;
import dev.cardea.config.StartReport;
import dev.cardea.config.TrustedIssuer;
import dev.cardea.confirmation.SenderConstraints;
import dev.cardea.demand.Demand;
import dev.cardea.demand.Validation;
import dev.cardea.demand.WhenUnavailable;
import dev.cardea.discovery.BackgroundRefresher;
import dev.cardea.discovery.Discovery;
import dev.cardea.discovery.Endpoint;
import dev.cardea.discovery.MetadataSource;
import dev.cardea.http.HttpTransport;
import dev.cardea.introspection.RememberingIntrospector;
import dev.cardea.introspection.RemoteIntrospector;
import dev.cardea.introspection.SignedAnswer;
import dev.cardea.jose.CryptoProvider;
import dev.cardea.jwt.JwksKeySource;
import dev.cardea.jwt.KeySource;
import dev.cardea.jwt.LocalJwtVerifier;
import dev.cardea.log.RateLimitedLog;
import dev.cardea.reject.SettingNames;
import dev.cardea.request.AuthScheme;
import dev.cardea.request.CredentialsExtractor;
import dev.cardea.request.RemovedHeaders;
import dev.cardea.request.TransportSecurity;
import dev.cardea.resolve.IssuerRoute;
import dev.cardea.resolve.Outages;
import dev.cardea.resolve.ProfileHint;
import dev.cardea.resolve.TokenResolver;
import dev.cardea.resolve.VerifiedTokens;
import dev.cardea.route.Route;
import dev.cardea.route.Routes;
import dev.cardea.token.ClaimMapping;
import dev.cardea.token.ClaimRules;
import dev.cardea.token.SubjectKind;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link ResourceServer} together: the one place that knows everybody, and the one that takes the time from the
 * system. For one thread; a builder builds once.
 */
public final class ResourceServerBuilder {
    private static final System.Logger LOG = System.getLogger("dev.cardea");

    private final List<DecisionListener> listeners = new ArrayList<>(List.of(new DecisionLog()));
    private final BackgroundRefresher refresher = new BackgroundRefresher();
    private final List<AutoCloseable> closeables = new ArrayList<>(List.of(refresher));
    private @Nullable Map<String, String> properties;
    private Clock clock = Clock.systemUTC();
    private LongSupplier nanoTime = System::nanoTime;
    private @Nullable String application;
    private CryptoProvider crypto = CryptoProvider.ofPlatform();
    private boolean built;

    ResourceServerBuilder() {}

    /**
     * Takes these settings, by their {@code cardea.*} names, instead of what the application is configured with
     * (MicroProfile Config where the server has it, else system properties, environment and
     * {@code META-INF/microprofile-config.properties}).
     */
    public ResourceServerBuilder properties(Map<String, String> settings) {
        this.properties = Map.copyOf(settings);
        return this;
    }

    /** The time by which tokens and kept answers are judged. Default: the system's. */
    public ResourceServerBuilder clock(Clock newClock) {
        this.clock = newClock;
        return this;
    }

    /** A monotonic time in nanoseconds for durations, such as the default {@link System#nanoTime}. */
    public ResourceServerBuilder nanoTime(LongSupplier newNanoTime) {
        this.nanoTime = newNanoTime;
        return this;
    }

    /**
     * The context path of the application: the name of its management bean. Without one there is none, only
     * {@link ResourceServer#management()}.
     */
    public ResourceServerBuilder application(String contextPath) {
        this.application = contextPath;
        return this;
    }

    /** Is told every decision, beside the log. May be called several times. */
    public ResourceServerBuilder listener(DecisionListener listener) {
        this.listeners.add(listener);
        return this;
    }

    /**
     * Adds the listeners that an application names in {@code META-INF/services/dev.cardea.DecisionListener}: public classes
     * with a public constructor without parameters.
     */
    public ResourceServerBuilder listenersOf(ClassLoader application) {
        ServiceLoader.load(DecisionListener.class, application).forEach(listeners::add);
        return this;
    }

    /**
     * Reads and checks the configuration and builds. Waits for nobody: keys are fetched in the background, so an
     * application starts while its authorization server is down.
     *
     * @throws RuntimeException if the configuration is wrong; its message lists every problem, its key and its cure
     * @throws IllegalStateException at the second call
     */
    public ResourceServer build() {
        if (built) {
            throw new IllegalStateException("a builder builds once");
        }
        built = true;
        try {
            return assembled();
        } catch (RuntimeException | Error e) {
            // Nobody else has what was begun: threads, connections, a management bean.
            closeAll();
            throw e;
        }
    }

    private ResourceServer assembled() {
        ConfigurationSource source =
                properties == null ? ConfigurationSources.ofDeployment() : new MapSource(properties);
        Configuration configuration = ConfigurationReader.read(source);
        crypto = CryptoProvider.of(configuration.cryptoProvider(), signatureAlgorithms(configuration));
        Outages outages = new Outages(
                configuration.outage().whenUnavailable(), configuration.outage().staleFor());
        Memories memories = new Memories(configuration, clock, nanoTime, closeables::add);
        Resilience resilience = new Resilience(nanoTime);
        VerifiedTokens verified = new VerifiedTokens(configuration.token().verified(), clock);
        closeables.add(verified);
        SenderChecks senders = new SenderChecks(configuration, crypto, clock, nanoTime, closeables::add);
        SenderConstraints constraints = senders.constraints();
        Manager manager = new Manager(
                application == null || application.isEmpty() ? "/" : application,
                memories.marks(),
                verified,
                outages,
                new IntrospectionReadings(memories, resilience)::all,
                () -> new ProofNumbers(senders.marks(), constraints));
        ResourceServer server = new ResourceServer(new ResourceServerParts(
                new TransportSecurity(
                        configuration.incoming().requireTls(),
                        configuration.incoming().trustedProxies()),
                new CrossOrigin(configuration.incoming().allowedOrigins()),
                log("dev.cardea"),
                new CredentialsExtractor(
                        senders.proofAlgorithms().isEmpty()
                                ? EnumSet.of(AuthScheme.BEARER)
                                : EnumSet.allOf(AuthScheme.class),
                        configuration.token().maxLength(),
                        configuration.token().cookie()),
                resolver(configuration, outages, verified, memories, resilience),
                outages,
                manager,
                constraints,
                new Bindings(senders.general(), configuration.dpop().nonce(), constraints),
                new Answers(
                        new Challenges(configuration.realm(), senders.proofAlgorithms()),
                        senders.takesCertificates(),
                        configuration.problemDetails()),
                new PathRules(routes(configuration)),
                new RemovedHeaders(configuration.removedHeaders()),
                defaultPolicy(configuration),
                listeners,
                clock,
                nanoTime,
                this::closeAll));
        refresher.start();
        if (application != null) {
            ManagementBean bean = ManagementBean.register(manager);
            if (bean != null) {
                closeables.add(bean);
            }
        }
        LOG.log(Level.INFO, StartReport.summary(configuration));
        LOG.log(Level.INFO, crypto.summary());
        crypto.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
        StartReport.profiles(configuration).forEach(profile -> LOG.log(Level.INFO, profile));
        StartReport.relaxations(configuration).forEach(relaxation -> LOG.log(Level.WARNING, relaxation));
        StartReport.doubts(configuration).forEach(doubt -> LOG.log(Level.WARNING, doubt));
        return server;
    }

    private TokenResolver resolver(
            Configuration configuration,
            Outages outages,
            VerifiedTokens verified,
            Memories memories,
            Resilience resilience) {
        Transports transports = new Transports(clock, nanoTime, closeables::add);
        List<IssuerRoute> routes = new ArrayList<>();
        for (TrustedIssuer trusted : configuration.issuers()) {
            Published published = published(configuration, trusted, transports);
            routes.add(new IssuerRoute(
                    trusted.issuer().names(),
                    local(trusted, published.keys()),
                    introspected(configuration, trusted, published, transports, memories, resilience),
                    trusted.validation(),
                    trusted.opaquePrefix()));
        }
        IntrospectionSettings unnamed = configuration.introspection();
        if (configuration.issuer() == null && unnamed != null) {
            routes.add(new IssuerRoute(
                    SettingNames.MAIN,
                    null,
                    introspected(configuration, null, unnamed, null, transports, memories, resilience),
                    configuration.token().validation(),
                    configuration.token().opaquePrefix()));
        }
        return new TokenResolver(routes, configuration.token().decryptionKeys(), verified, outages, clock, nanoTime);
    }

    /** What an issuer publishes: where its endpoints are, and its keys. */
    private record Published(MetadataSource metadata, KeySource keys) {}

    private Published published(Configuration configuration, TrustedIssuer trusted, Transports transports) {
        HttpTransport transport = transports.forPublications(trusted);
        JwksSettings jwks = trusted.jwks();
        MetadataSource metadata = new Discovery(
                trusted.issuer(), jwks, trusted.http(), transport, nanoTime, refresher, log("dev.cardea.discovery"));
        URI url = jwks.url();
        Endpoint endpoint = url == null ? metadata.jwks() : Endpoint.at(url);
        JwksKeySource keys =
                new JwksKeySource(jwks, endpoint, transport, crypto, nanoTime, refresher, log("dev.cardea.jwks"));
        if (verifiesHere(configuration, trusted)) {
            keys.fetchAhead();
        }
        return new Published(metadata, keys);
    }

    private IssuerRoute.Local local(TrustedIssuer trusted, KeySource keys) {
        IssuerSettings issuer = trusted.issuer();
        return new IssuerRoute.Local(
                issuer.issuer(),
                new LocalJwtVerifier(issuer, keys, clock),
                rules(issuer, trusted.claims(), trusted.audience()),
                new ProfileHint(
                        issuer.names().of("issuer-profile"),
                        issuer.profile().word(),
                        issuer.profile().traits().discriminator(),
                        trusted.otherwise().stream()
                                .map(other -> alternative(other, trusted.audience()))
                                .toList(),
                        System.getLogger("dev.cardea.profile"),
                        nanoTime));
    }

    /** Whether a token of that issuer, or an answer about one, may have to be verified; else nobody asks for its keys. */
    private static boolean verifiesHere(Configuration configuration, TrustedIssuer trusted) {
        IntrospectionSettings introspection = trusted.introspection();
        return trusted.validation().verifiesJwts()
                || (introspection != null && introspection.signedResponse())
                || configuration.outage().whenUnavailable() == WhenUnavailable.LOCAL
                || configuration.routes().stream().map(RouteSettings::demand).anyMatch(ResourceServerBuilder::verifies);
    }

    /** With which tokens, answers and proofs may be signed. */
    private static Set<String> signatureAlgorithms(Configuration configuration) {
        Set<String> algorithms = new HashSet<>();
        for (TrustedIssuer trusted : configuration.issuers()) {
            if (verifiesHere(configuration, trusted)) {
                algorithms.addAll(trusted.issuer().algorithms());
            }
        }
        if (configuration.dpop().mode() != BindingMode.OFF) {
            algorithms.addAll(configuration.dpop().algorithms());
        }
        return algorithms;
    }

    private static boolean verifies(Demand demand) {
        Validation validation = demand.validation();
        return demand.whenUnavailable() == WhenUnavailable.LOCAL || (validation != null && validation.verifiesJwts());
    }

    private ProfileHint.Alternative alternative(TrustedIssuer.Otherwise other, Set<String> audience) {
        IssuerSettings issuer = other.issuer();
        return new ProfileHint.Alternative(
                issuer.profile().word(),
                issuer.types(),
                issuer.untyped(),
                rules(issuer, other.claims(), audience),
                issuer.profile().traits().discriminator());
    }

    private ClaimRules rules(IssuerSettings issuer, ClaimSettings claims, Set<String> audience) {
        ClaimRules.Expectations expected = new ClaimRules.Expectations(
                issuer.names(),
                issuer.issuer(),
                Set.of(),
                audience,
                claims.audience(),
                claims.requiredInJwt(),
                claims.ofJwt(),
                claims.clockSkew(),
                claims.maxLifetime());
        return rules(expected, claims);
    }

    private IssuerRoute.@Nullable Introspected introspected(
            Configuration configuration,
            TrustedIssuer trusted,
            Published published,
            Transports transports,
            Memories memories,
            Resilience resilience) {
        IntrospectionSettings settings = trusted.introspection();
        return settings == null
                ? null
                : introspected(configuration, trusted, settings, published, transports, memories, resilience);
    }

    /** @param trusted the issuer whose endpoint it is, or null if that is not known */
    private IssuerRoute.Introspected introspected(
            Configuration configuration,
            @Nullable TrustedIssuer trusted,
            IntrospectionSettings settings,
            @Nullable Published published,
            Transports transports,
            Memories memories,
            Resilience resilience) {
        IssuerSettings issuer = trusted == null ? null : trusted.issuer();
        boolean main = issuer == null || issuer.name() == null;
        ClaimSettings claims = trusted == null || main ? configuration.claims() : trusted.claims();
        ClaimRules.Expectations expected = new ClaimRules.Expectations(
                issuer == null ? SettingNames.MAIN : issuer.names(),
                issuer == null ? null : issuer.issuer(),
                others(configuration, issuer),
                trusted == null || main ? configuration.audience() : trusted.audience(),
                List.of("aud"),
                settings.allowMissingAudience() ? Set.of() : Set.of("aud"),
                claims.ofAnswer(),
                claims.clockSkew(),
                null);
        HttpSettings http = trusted == null ? configuration.http() : trusted.http();
        ClientSettings client = settings.client();
        RemoteIntrospector remote = new RemoteIntrospector(
                authentication(client, issuer, published, transports.of(http, settings.connectTimeout())),
                endpoint(settings.url(), published, source -> source.introspection(client.method())),
                settings,
                issuer == null ? SettingNames.MAIN : issuer.names(),
                settings.signedResponse() ? signedAnswer(configuration, trusted, settings, published) : null,
                clock,
                nanoTime,
                log("dev.cardea.introspection"));
        return new IssuerRoute.Introspected(
                introspector(settings, issuer, remote, memories, resilience),
                rules(expected, claims),
                settings.timeout().toNanos());
    }

    /** RFC 9701 5: {@code aud} is our client id there; some write what their tokens call us. */
    private SignedAnswer signedAnswer(
            Configuration configuration,
            @Nullable TrustedIssuer trusted,
            IntrospectionSettings settings,
            @Nullable Published published) {
        if (trusted == null || published == null) {
            throw new IllegalStateException("signed answers of an issuer that is not known");
        }
        Set<String> ourNames = new HashSet<>(trusted.audience());
        ourNames.add(settings.client().clientId());
        return new SignedAnswer(
                trusted.issuer(),
                published.keys(),
                configuration.token().decryptionKeys(),
                ourNames,
                trusted.claims().clockSkew(),
                clock);
    }

    /** The issuers that vouch for their tokens themselves. */
    private static Set<String> others(Configuration configuration, @Nullable IssuerSettings issuer) {
        return configuration.issuers().stream()
                .map(TrustedIssuer::issuer)
                .filter(other -> issuer == null || !other.issuer().equals(issuer.issuer()))
                .map(IssuerSettings::issuer)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The wrappers around the one call, outermost first: what remembers its answers, what keeps its troubles away. */
    private RememberingIntrospector introspector(
            IntrospectionSettings settings,
            @Nullable IssuerSettings issuer,
            RemoteIntrospector remote,
            Memories memories,
            Resilience resilience) {
        return memories.around(
                resilience.around(remote, settings, issuer, log("dev.cardea.introspection")), settings, issuer);
    }

    private ClientAuthentication authentication(
            ClientSettings client,
            @Nullable IssuerSettings issuer,
            @Nullable Published published,
            HttpTransport transport) {
        return ClientAuthentications.of(
                client,
                issuer == null ? SettingNames.MAIN : issuer.names(),
                issuer == null ? null : issuer.issuer(),
                endpoint(client.tokenUrl(), published, MetadataSource::token),
                transport,
                clock,
                nanoTime);
    }

    private static Endpoint endpoint(
            @Nullable URI configured, @Nullable Published published, Function<MetadataSource, Endpoint> named) {
        if (configured != null) {
            return Endpoint.at(configured);
        }
        return published == null ? Endpoint.NOWHERE : named.apply(published.metadata());
    }

    private ClaimRules rules(ClaimRules.Expectations expected, ClaimSettings claims) {
        return new ClaimRules(
                expected,
                new ClaimMapping(
                        claims.principal(),
                        claims.clientId(),
                        claims.scopes(),
                        claims.roles(),
                        claims.groups(),
                        claims.subjectRule()),
                clock);
    }

    private static AccessPolicy defaultPolicy(Configuration configuration) {
        return new AccessPolicy(Requirement.of(
                switch (configuration.accessDefault()) {
                    case AUTHENTICATED -> Access.AUTHENTICATED;
                    case DENY -> Access.DENY;
                    case PERMIT -> Access.PERMIT;
                }));
    }

    /** @throws IllegalArgumentException if two rules are for the same requests */
    private static Routes routes(Configuration configuration) {
        return new Routes(configuration.routes().stream()
                .map(route -> new Route(
                        route.name(),
                        route.path(),
                        route.methods(),
                        requirement(route),
                        route.reportOnly(),
                        route.tokenCookie(),
                        route.demand(),
                        route.senderConstraint(),
                        route.nonce(),
                        route.allowUnmarkedProof()))
                .toList());
    }

    private static Requirement requirement(RouteSettings route) {
        Requirement requirement = Requirement.of(
                switch (route.access()) {
                    case AUTHENTICATED -> Access.AUTHENTICATED;
                    case ANONYMOUS -> Access.ANONYMOUS;
                    case DENY -> Access.DENY;
                    case PERMIT -> Access.PERMIT;
                });
        if (!route.scopes().isEmpty()) {
            requirement = requirement.and(Requirement.allScopes(route.scopes()));
        }
        if (!route.anyScopes().isEmpty()) {
            requirement = requirement.and(Requirement.anyScope(route.anyScopes()));
        }
        if (!route.roles().isEmpty() && !route.roles().contains("**")) {
            requirement = requirement.and(Requirement.anyRole(route.roles()));
        }
        SubjectKind subject = route.subject();
        return subject == null ? requirement : requirement.and(Requirement.subject(subject));
    }

    private RateLimitedLog log(String name) {
        return new RateLimitedLog(System.getLogger(name), nanoTime);
    }

    /** Closing must reach everybody, whoever fails at it. */
    private void closeAll() {
        for (AutoCloseable each : closeables) {
            try {
                each.close();
            } catch (Exception e) {
                LOG.log(Level.WARNING, "while closing " + each.getClass().getSimpleName(), e);
            }
        }
    }
}
