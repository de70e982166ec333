import dev.cardea.shaded.jose4j.jwk.HttpsJwks;
import dev.cardea.shaded.slf4j.Logger;
import dev.cardea.shaded.slf4j.LoggerFactory;

/** Logs as the relocated libraries would, in a JVM that has the one jar and nothing else. */
public final class LibraryLogs {

    public static void main(String[] arguments) {
        LoggerFactory.getLogger(HttpsJwks.class).error("a token: {}", "jose4j-speaks", new IllegalStateException("jose4j-threw"));
        Logger ehcache = LoggerFactory.getLogger("dev.cardea.shaded.ehcache.Sample");
        ehcache.info("information");
        ehcache.warn("warning {} of {}", 1, 2);
        ehcache.error("error", new IllegalStateException("cause"));
    }
}
