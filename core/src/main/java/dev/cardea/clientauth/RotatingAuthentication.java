package dev.cardea.clientauth;

import dev.cardea.http.HttpAnswer;
import dev.cardea.http.HttpTransport;
import dev.cardea.http.TransportException;
import dev.cardea.log.RateLimitedLog;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Shows credentials that may be replaced at any time, here and at the authorization server, in either order. */
final class RotatingAuthentication<C> implements ClientAuthentication {
    private enum Trouble {
        OLD_STILL_IN_USE
    }

    private final HttpTransport transport;
    private final Rotation<C> rotation;
    private final Presentation<? super C> presentation;
    private final LongSupplier nanoTime;
    private final RateLimitedLog log;

    RotatingAuthentication(
            HttpTransport transport,
            Rotation<C> rotation,
            Presentation<? super C> presentation,
            LongSupplier nanoTime,
            RateLimitedLog log) {
        this.transport = transport;
        this.rotation = rotation;
        this.presentation = presentation;
        this.nanoTime = nanoTime;
        this.log = log;
    }

    /** If both are refused, the first refusal counts: it is about what is meant to be in force. */
    @Override
    public HttpAnswer send(FormCall call) throws TransportException {
        long begun = nanoTime.getAsLong();
        C first = rotation.first();
        HttpAnswer answer = send(call, first, null);
        if (!Refusal.isOne(answer)) {
            return answer;
        }
        C second = rotation.after(first);
        Duration left = call.timeout().minusNanos(nanoTime.getAsLong() - begun);
        if (second == null || left.isNegative() || left.isZero()) {
            return answer;
        }
        HttpAnswer another = send(call.withTimeout(left), second, first);
        return Refusal.isOne(another) ? answer : another;
    }

    private HttpAnswer send(FormCall call, C credentials, @Nullable C refused) throws TransportException {
        HttpAnswer answer = transport.send(presentation.with(call, credentials).toHttpCall());
        if (answer.status() == 200 && rotation.worked(credentials, refused)) {
            log.failed(
                    Level.WARNING,
                    Trouble.OLD_STILL_IN_USE,
                    call + ": the new credentials are refused, the ones before are taken: they are used until"
                            + " cardea.introspection.secret-overlap is over");
        }
        return answer;
    }
}
