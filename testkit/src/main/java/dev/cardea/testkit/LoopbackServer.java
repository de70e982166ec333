package dev.cardea.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 server on loopback that can misbehave. The JDK's {@code HttpServer} always answers properly: it cannot reset a
 * connection, announce more than it sends or speak something else than HTTP.
 */
final class LoopbackServer implements AutoCloseable {

    private final ServerSocket listener;
    private final Function<ReceivedRequest, Answer> handler;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(LoopbackServer::daemon);

    LoopbackServer(ServerSocket listener, Function<ReceivedRequest, Answer> handler) {
        this.listener = listener;
        this.handler = handler;
        threads.execute(this::accept);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "testkit-loopback");
        thread.setDaemon(true);
        return thread;
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (closing.getCount() > 0) {
            try {
                Socket socket = listener.accept();
                // Head and body are two writes; without this the second waits 40 ms for the client's delayed
                // acknowledgement.
                socket.setTcpNoDelay(true);
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                // Only close() makes accept() fail for good, and it has counted the latch down before.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            // Head and body are two writes; with Nagle's algorithm the second waits 40 ms for the client's delayed ACK.
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            AnswerWriter writer = new AnswerWriter(socket, closing);
            boolean keep = true;
            while (keep) {
                ReceivedRequest request = HttpReader.read(in, clientCertificate(socket));
                keep = request != null && writer.write(handler.apply(request), request.method());
            }
        } catch (IOException e) {
            // The client hung up, which tests of deadlines make it do.
        } finally {
            open.remove(socket);
        }
    }

    private static @Nullable X509Certificate clientCertificate(Socket socket) {
        if (!(socket instanceof SSLSocket tls)) {
            return null;
        }
        try {
            return (X509Certificate) tls.getSession().getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    /** Ends hanging and dripping answers too. */
    @Override
    public void close() {
        closing.countDown();
        threads.shutdown();
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
