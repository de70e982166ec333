package dev.cardea.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server whose every connection is played by hand: the faults that matter here are those of connections. */
final class RawServer implements AutoCloseable {
    /** Plays one connection. When it returns or throws, the connection is closed. */
    interface Script {
        void play(Connection connection) throws IOException, InterruptedException;
    }

    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    RawServer(Script script) {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(() -> accept(script));
    }

    private void accept(Script script) {
        try {
            while (true) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                int number = connections.incrementAndGet();
                daemon(() -> play(script, new Connection(socket, number)));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private static void play(Script script, Connection connection) {
        try (Socket socket = connection.socket) {
            script.play(connection);
        } catch (IOException | InterruptedException gone) {
            return;
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/path");
    }

    /** Head and body of every request so far. */
    List<String> requests() {
        return requests;
    }

    int connections() {
        return connections.get();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    final class Connection {
        private final Socket socket;
        final int number;

        Connection(Socket socket, int number) {
            this.socket = socket;
            this.number = number;
        }

        /** Reads one whole request; ends the script where the client has closed the connection. */
        String readRequest() throws IOException {
            InputStream in = socket.getInputStream();
            StringBuilder request = new StringBuilder();
            while (request.indexOf("\r\n\r\n") < 0) {
                request.append(readChar(in));
            }
            int field = request.indexOf("Content-Length: ");
            int length =
                    field < 0 ? 0 : Integer.parseInt(request.substring(field + 16, request.indexOf("\r\n", field)));
            for (int i = 0; i < length; i++) {
                request.append(readChar(in));
            }
            requests.add(request.toString());
            return request.toString();
        }

        private char readChar(InputStream in) throws IOException {
            int c = in.read();
            if (c < 0) {
                throw new IOException("closed by the client");
            }
            return (char) c;
        }

        void write(String text) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        void answer(String body) throws IOException {
            write("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        }

        /** The next close sends RST instead of FIN. */
        void resetOnClose() throws IOException {
            socket.setSoLinger(true, 0);
        }

        /** Until the server is closed. */
        void hang() throws InterruptedException {
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
