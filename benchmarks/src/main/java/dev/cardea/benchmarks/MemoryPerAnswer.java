package dev.cardea.benchmarks;

import dev.cardea.cache.KeySpace;
import dev.cardea.config.IntrospectionSettings;
import dev.cardea.introspection.BackgroundQuestions;
import dev.cardea.introspection.CachingIntrospector;
import dev.cardea.introspection.Introspection;
import dev.cardea.introspection.Introspector;
import dev.cardea.introspection.Question;
import dev.cardea.json.BoundedJson;
import dev.cardea.json.JsonLimits;
import dev.cardea.json.MalformedJsonException;
import dev.cardea.request.PresentedToken;
import dev.cardea.revocation.NotBeforeMarks;
import dev.cardea.testkit.AccessTokens;
import dev.cardea.token.AuthenticClaims;
import dev.cardea.token.ClaimMapping;
import dev.cardea.token.ClaimRules;
import dev.cardea.token.Claims;
import dev.cardea.token.Source;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * How many bytes one remembered introspection answer of twelve claims takes, with a million of them, used once each.
 *
 * <p>{@code java -Xmx4g -cp benchmarks/target/benchmarks.jar dev.cardea.benchmarks.MemoryPerAnswer}
 */
public final class MemoryPerAnswer {
    private MemoryPerAnswer() {}

    public static void main(String[] arguments) throws Exception {
        int count = arguments.length == 0 ? 1_000_000 : Integer.parseInt(arguments[0]);
        Clock clock = Clock.systemUTC();
        AccessTokens tokens = Tokens.valid(Algorithm.RS256, Tokens.ISSUER);
        String payload =
                new String(Base64.getUrlDecoder().decode(tokens.build().split("\\.", -1)[1]), StandardCharsets.UTF_8);
        String said = "{\"active\":true," + payload.substring(1);
        CachingIntrospector memory = new CachingIntrospector(
                answering(said, clock),
                KeySpace.of("https://as.example.com/introspect", "orders"),
                new CachingIntrospector.Tenant("", Tokens.ISSUER),
                new IntrospectionSettings.Cache(Duration.ofHours(1), count, Duration.ofSeconds(5)),
                new CachingIntrospector.Shared(
                        new NotBeforeMarks(System::nanoTime, Duration.ofHours(1)),
                        new BackgroundQuestions(),
                        clock,
                        System::nanoTime,
                        () -> 1));
        ClaimRules rules = rules(clock);
        long before = used();
        for (int i = 0; i < count; i++) {
            use(memory, rules, clock, i);
        }
        long bytes = used() - before;
        int known = 0;
        for (int i = 0; i < count; i += 1_000) {
            known += use(memory, rules, clock, i) == Source.CACHE ? 1 : 0;
        }
        System.out.printf(
                "%d bytes per answer, with %d of them (%d of %d asked are known)%n",
                bytes / count, count, known, (count + 999) / 1_000);
        memory.close();
    }

    private static Source use(CachingIntrospector memory, ClaimRules rules, Clock clock, int number) throws Exception {
        PresentedToken token = PresentedToken.of("opaque-" + number);
        Question question = Question.of(
                token, System.nanoTime(), Long.MAX_VALUE, Duration.ofSeconds(1).toNanos());
        Introspection.Active answer = (Introspection.Active) memory.introspect(question);
        return answer.accept(token, rules, clock.millis()).source();
    }

    /** Subject, session and id of its own, of the length that they have. */
    private static Introspector answering(String said, Clock clock) {
        return question -> {
            String own = said.replaceAll(
                    "[0-9a-f]{8}-[0-9a-f]{4}",
                    String.format(
                            "%08x-0000",
                            Integer.parseInt(question.token().text().substring("opaque-".length()))));
            try {
                Claims claims = Claims.of(
                        BoundedJson.readObject(own.getBytes(StandardCharsets.UTF_8), JsonLimits.ofBytes(65536)));
                return new Introspection.Active(
                        AuthenticClaims.introspected(claims, clock.instant()),
                        Source.REMOTE,
                        System.nanoTime(),
                        Introspection.NO_LIMIT);
            } catch (MalformedJsonException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    private static ClaimRules rules(Clock clock) {
        return new ClaimRules(
                new ClaimRules.Expectations(
                        Tokens.ISSUER, Set.of(Tokens.AUDIENCE), Set.of("aud"), Duration.ofSeconds(30), null),
                new ClaimMapping(List.of("sub"), List.of("client_id"), List.of("scope"), List.of("roles")),
                clock);
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
