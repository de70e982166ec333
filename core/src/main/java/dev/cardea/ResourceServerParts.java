package dev.cardea;

import dev.cardea.confirmation.SenderConstraints;
import dev.cardea.log.RateLimitedLog;
import dev.cardea.request.CredentialsExtractor;
import dev.cardea.request.RemovedHeaders;
import dev.cardea.request.TransportSecurity;
import dev.cardea.resolve.Outages;
import dev.cardea.resolve.TokenResolver;
import java.time.Clock;
import java.util.List;
import java.util.function.LongSupplier;

/** What a {@link ResourceServer} is made of; only its builder knows everybody. */
record ResourceServerParts(
        TransportSecurity transport,
        CrossOrigin crossOrigin,
        RateLimitedLog log,
        CredentialsExtractor extractor,
        TokenResolver resolver,
        Outages outages,
        Management management,
        SenderConstraints constraints,
        Bindings bindings,
        Answers answers,
        PathRules pathRules,
        RemovedHeaders removedHeaders,
        AccessPolicy defaultPolicy,
        List<DecisionListener> listeners,
        Clock clock,
        LongSupplier nanoTicker,
        Runnable onClose) {
    ResourceServerParts {
        listeners = List.copyOf(listeners);
    }
}
