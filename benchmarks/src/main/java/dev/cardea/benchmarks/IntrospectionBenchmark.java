package dev.cardea.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.cardea.config.HttpSettings;
import dev.cardea.http.HttpCall;
import dev.cardea.http.JdkHttpTransport;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestAuthorizationServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.ehcache.UserManagedCache;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.builders.UserManagedCacheBuilder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.security.oauth2.server.resource.introspection.SpringOpaqueTokenIntrospector;

/**
 * An opaque token: remembered (warm), and asked about each time (cold), beside Spring Security with and without the cache that
 * people put around its introspector, an Ehcache lookup with its SHA-256, and the HTTP exchange alone.
 *
 * <p>{@code java -jar benchmarks/target/benchmarks.jar IntrospectionBenchmark -prof gc}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class IntrospectionBenchmark {
    private final SimpleGrantedAuthority read = new SimpleGrantedAuthority("SCOPE_" + Tokens.SCOPE);

    private TestAuthorizationServer as;
    private Cardea warm;
    private Cardea cold;
    private String token = "";
    private String field = "";
    private OpaqueTokenAuthenticationProvider springCached;
    private OpaqueTokenAuthenticationProvider spring;
    private JdkHttpTransport transport;
    private HttpCall call;
    private UserManagedCache<String, Object> ehcache;

    @Setup
    public void start() {
        as = TestAuthorizationServer.start(Clock.systemUTC());
        token = as.issueOpaque(Tokens.SCOPE);
        field = "Bearer " + token;
        warm = Cardea.introspecting(as, Map.of("cardea.introspection.cache.ttl", "1h"));
        cold = Cardea.introspecting(
                as, Map.of("cardea.introspection.cache.ttl", "0s", "cardea.introspection.rate-limit", "0"));
        OpaqueTokenIntrospector introspector = SpringOpaqueTokenIntrospector.withIntrospectionUri(
                        as.url(Endpoint.INTROSPECTION))
                .clientId(TestAuthorizationServer.CLIENT_ID)
                .clientSecret(TestAuthorizationServer.CLIENT_SECRET)
                .build();
        spring = new OpaqueTokenAuthenticationProvider(introspector);
        springCached = new OpaqueTokenAuthenticationProvider(new Caching(introspector));
        transport = new JdkHttpTransport(new HttpSettings(true, null, null), Duration.ofSeconds(1), System::nanoTime);
        call = call();
        ehcache = UserManagedCacheBuilder.newUserManagedCacheBuilder(String.class, Object.class)
                .withResourcePools(ResourcePoolsBuilder.heap(10_000))
                .build(true);
        ehcache.put(digest(), token);
    }

    /** What people write around it, by the token itself, as the documentation of Spring's caching would have it. */
    private static final class Caching implements OpaqueTokenIntrospector {
        private final OpaqueTokenIntrospector introspector;
        private final Cache<String, OAuth2AuthenticatedPrincipal> cache = Caffeine.newBuilder()
                .expireAfterWrite(Duration.ofHours(1))
                .maximumSize(10_000)
                .build();

        Caching(OpaqueTokenIntrospector introspector) {
            this.introspector = introspector;
        }

        @Override
        public OAuth2AuthenticatedPrincipal introspect(String token) {
            return cache.get(token, introspector::introspect);
        }
    }

    private HttpCall call() {
        String basic = Base64.getEncoder()
                .encodeToString((TestAuthorizationServer.CLIENT_ID + ":" + TestAuthorizationServer.CLIENT_SECRET)
                        .getBytes(StandardCharsets.US_ASCII));
        Map<String, String> headers = new HashMap<>();
        headers.put("Authorization", "Basic " + basic);
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        headers.put("Accept", "application/json");
        return new HttpCall(
                "POST",
                URI.create(as.url(Endpoint.INTROSPECTION)),
                headers,
                ("token=" + token).getBytes(StandardCharsets.US_ASCII),
                Duration.ofSeconds(5),
                65536);
    }

    /** The authorization server writes down what it was asked. */
    @Setup(Level.Iteration)
    public void forget() {
        as.forgetRequests();
    }

    @TearDown
    public void stop() {
        warm.close();
        cold.close();
        transport.close();
        ehcache.close();
        as.close();
    }

    @Benchmark
    public Object cardeaWarm() {
        return warm.granted(field);
    }

    @Benchmark
    public Object springSecurityWithACache() {
        return granted(springCached);
    }

    @Benchmark
    public Object ehcacheAndSha256() {
        return ehcache.get(digest());
    }

    @Benchmark
    public Object cardeaCold() {
        return cold.granted(field);
    }

    @Benchmark
    public Object springSecurity() {
        return granted(spring);
    }

    @Benchmark
    public Object roundTrip() throws Exception {
        return transport.send(call);
    }

    private Object granted(OpaqueTokenAuthenticationProvider provider) {
        Authentication authentication = provider.authenticate(new BearerTokenAuthenticationToken(token));
        if (authentication == null || !authentication.getAuthorities().contains(read)) {
            throw new IllegalStateException("the scope does not suffice");
        }
        return authentication;
    }

    private String digest() {
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.ISO_8859_1));
            return new String(sha256, StandardCharsets.ISO_8859_1);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
