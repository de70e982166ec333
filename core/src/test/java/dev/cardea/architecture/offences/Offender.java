package dev.cardea.architecture.offences;

import dev.cardea.architecture.offences.below.Below;
import jakarta.annotation.Priority;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.logging.Logger;
import javax.cache.Cache;
import org.eclipse.microprofile.config.Config;
import org.ehcache.CacheManager;
import org.jose4j.jwt.JwtClaims;

/** Breaks every rule of core once, so that each rule is seen to be able to fail. */
@Priority(1)
public final class Offender {

    private final LongSupplier ticker = System::nanoTime;
    private final JwtClaims claims = new JwtClaims();
    private final ThreadLocal<String> perThread = new ThreadLocal<>();

    public List<? extends Below> mentionsAnotherPackage() {
        System.out.println(Instant.now());
        Logger.getLogger("offender").info(() -> "at " + ticker.getAsLong() + perThread.get());
        return List.of();
    }

    Object read(ObjectInputStream in, Config config, HttpClient http, CacheManager ehcache, Cache<?, ?> jsr107)
            throws IOException, ClassNotFoundException {
        return claims.isClaimValueString("sub") ? in.readObject() : config;
    }
}
