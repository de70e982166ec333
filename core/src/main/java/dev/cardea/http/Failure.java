package dev.cardea.http;

import dev.cardea.http.TransportException.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** What the JDK's client threw, read: its messages hold bytes of answers, so they are only looked at. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int MAX_DEPTH = 20;

    private final Throwable thrown;
    private final boolean headReceived;

    Failure(Throwable thrown, boolean headReceived) {
        super(null, null, false, false);
        this.thrown = unwrapped(thrown);
        this.headReceived = headReceived;
    }

    private static Throwable unwrapped(Throwable thrown) {
        Throwable cause = thrown.getCause();
        boolean wrapper = thrown instanceof ExecutionException || thrown instanceof CompletionException;
        return wrapper && cause != null ? unwrapped(cause) : thrown;
    }

    /** Whether the connection died without a single byte of an answer. The JDK tells it by type and by message only. */
    boolean beforeAnyAnswer() {
        return !headReceived && !(thrown instanceof SSLException) && died() && !partOfAHeadCame();
    }

    private boolean died() {
        return (caused(EOFException.class)
                        || caused(SocketException.class)
                        || caused(ClosedChannelException.class)
                        || brokeWith("Broken pipe")
                        || brokeWith("Connection reset"))
                && !caused(ConnectException.class);
    }

    /** As the operating system puts it; the client may have wrapped it, as "received no bytes" for instance. */
    private boolean brokeWith(String words) {
        int depth = 0;
        for (Throwable t = thrown; t != null && depth < MAX_DEPTH; t = t.getCause(), depth++) {
            String message = t.getMessage();
            if (t.getClass() == IOException.class && message != null && message.contains(words)) {
                return true;
            }
        }
        return false;
    }

    /** "parsing HTTP/1.1 status line, receiving [HTTP/1.1 2]", where it is "received no bytes" otherwise. */
    private boolean partOfAHeadCame() {
        return mentions("receiving [");
    }

    TransportException toTransportException(HttpCall call) {
        if (thrown instanceof BoundedBody.TooLargeException) {
            return failed(Kind.TOO_LARGE, call, "the answer is larger than " + call.maxBody() + " bytes");
        }
        if (thrown instanceof InterruptedException) {
            return failed(Kind.GIVEN_UP, call, "the calling thread was interrupted");
        }
        if (thrown instanceof HttpConnectTimeoutException) {
            return failed(Kind.NOT_CONNECTED, call, "no connection within the connect timeout");
        }
        if (thrown instanceof TimeoutException || thrown instanceof HttpTimeoutException) {
            String where = headReceived ? "the answer began but did not end" : "no answer";
            return failed(
                    Kind.TIMED_OUT, call, where + " within " + call.timeout().toMillis() + " ms");
        }
        String refusal = headReceived ? null : noConnection();
        if (refusal != null) {
            return failed(Kind.NOT_CONNECTED, call, refusal);
        }
        String what = headReceived ? "the answer broke off or is not HTTP" : "no answer that is HTTP";
        return failed(Kind.BROKEN, call, what + " (" + thrown.getClass().getSimpleName() + ")");
    }

    private @Nullable String noConnection() {
        if (caused(UnresolvedAddressException.class) || caused(UnknownHostException.class)) {
            return "the host name is not known";
        }
        if (caused(ConnectException.class)) {
            return "the connection is refused";
        }
        if (caused(CertificateException.class)) {
            return "its certificate is not trusted or not for this host (cardea.http.trust-store)";
        }
        return caused(SSLHandshakeException.class) ? "TLS cannot be agreed on" : null;
    }

    private boolean caused(Class<? extends Throwable> type) {
        int depth = 0;
        for (Throwable t = thrown; t != null && depth < MAX_DEPTH; t = t.getCause(), depth++) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    private boolean mentions(String words) {
        String message = thrown.getMessage();
        return message != null && message.contains(words);
    }

    private static TransportException failed(Kind kind, HttpCall call, String why) {
        return new TransportException(kind, call + ": " + why);
    }
}
