package dev.cardea.clientauth;

import dev.cardea.http.HttpAnswer;
import dev.cardea.http.HttpTransport;
import dev.cardea.http.TransportException;
import dev.cardea.log.RateLimitedLog;
import dev.cardea.reject.SettingNames;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Shows credentials that may be replaced at any time, here and at the authorization server, in either order. */
final class RotatingAuthentication<C> implements ClientAuthentication {
    /** What was meant to be in force, what was in the file meanwhile, what is in it now. */
    private static final int MAX_ATTEMPTS = 3;

    private enum Trouble {
        OLD_STILL_IN_USE
    }

    private final HttpTransport transport;
    private final Rotation<C> rotation;
    private final Presentation<? super C> presentation;
    private final SettingNames names;
    private final LongSupplier nanoTime;
    private final RateLimitedLog log;

    RotatingAuthentication(
            HttpTransport transport,
            Rotation<C> rotation,
            Presentation<? super C> presentation,
            SettingNames names,
            LongSupplier nanoTime,
            RateLimitedLog log) {
        this.transport = transport;
        this.rotation = rotation;
        this.presentation = presentation;
        this.names = names;
        this.nanoTime = nanoTime;
        this.log = log;
    }

    /** If all are refused, the first refusal counts. */
    @Override
    public HttpAnswer send(FormCall call) throws TransportException {
        long deadline = nanoTime.getAsLong() + call.timeout().toNanos();
        List<C> refused = new ArrayList<>(0);
        C credentials = rotation.first();
        HttpAnswer first = send(call, credentials, refused);
        HttpAnswer answer = first;
        while (Refusal.isOne(answer)) {
            refused.add(credentials);
            C next = rotation.untried(refused);
            long left = deadline - nanoTime.getAsLong();
            if (next == null || left <= 0 || refused.size() == MAX_ATTEMPTS) {
                return first;
            }
            credentials = next;
            answer = send(call.withTimeout(Duration.ofNanos(left)), credentials, refused);
        }
        return answer;
    }

    private HttpAnswer send(FormCall call, C credentials, List<C> refused) throws TransportException {
        HttpAnswer answer = transport.send(presentation.with(call, credentials).toHttpCall());
        if (answer.status() == 200 && rotation.worked(credentials, refused)) {
            log.failed(
                    Level.WARNING,
                    Trouble.OLD_STILL_IN_USE,
                    call + ": the new credentials are refused, the ones before are taken: they are used until "
                            + names.of("introspection.secret-overlap") + " is over");
        }
        return answer;
    }
}
