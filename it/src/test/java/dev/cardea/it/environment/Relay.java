package dev.cardea.it.environment;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A cable between the application and its authorization server, to be unplugged: connections are then refused, as if the
 * server were gone. Passes bytes on and keeps its port.
 */
public final class Relay implements AutoCloseable {

    private final int port;
    private final InetSocketAddress target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocket listener;

    private Relay(URI target) {
        this.target = new InetSocketAddress(target.getHost(), target.getPort());
        this.port = Server.freePorts(1).get(0);
        plug();
    }

    public static Relay to(URI target) {
        return new Relay(target);
    }

    /** The same address, reached through this relay. */
    public URI through(URI address) {
        return URI.create("http://127.0.0.1:" + port + address.getRawPath());
    }

    public synchronized void plug() {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            listener = socket;
            daemon(() -> accept(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public synchronized void unplug() {
        if (listener != null) {
            close(listener);
            listener = null;
        }
        open.forEach(Relay::close);
        open.clear();
    }

    @Override
    public void close() {
        unplug();
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket near = socket.accept();
                Socket far = new Socket();
                if (!admit(socket, near, far)) {
                    return;
                }
                far.connect(target, 2_000);
                daemon(() -> pump(near, far));
                daemon(() -> pump(far, near));
            } catch (IOException e) {
                // Unplugged, or the server behind is gone: whoever is connected finds out by itself.
                continue;
            }
        }
    }

    /** A connection that was taken while somebody unplugged would live on: closing a listener does not undo its last accept. */
    private synchronized boolean admit(ServerSocket socket, Socket near, Socket far) {
        if (!socket.equals(listener)) {
            close(near);
            return false;
        }
        open.add(near);
        open.add(far);
        return true;
    }

    private void pump(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException e) {
            // One side hung up; closing both is all there is to do.
            return;
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
