package dev.cardea.testkit.contract;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 client that sends what it is told: repeated fields, tabs, control characters, megabytes. Proper clients refuse
 * to, and attackers do not use proper clients.
 */
public final class RawHttp {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 30_000;

    private final URI base;
    private final @Nullable SSLSocketFactory tls;

    private final @Nullable InetAddress from;

    private final Consumer<RawRequest> ear;

    private RawHttp(URI base, @Nullable SSLSocketFactory tls, @Nullable InetAddress from, Consumer<RawRequest> ear) {
        this.base = base;
        this.tls = tls;
        this.from = from;
        this.ear = ear;
    }

    /** Paths are relative to {@code base}, whether or not it ends with a slash. */
    public static RawHttp to(URI base) {
        return new RawHttp(base, null, null, request -> {});
    }

    public static RawHttp to(URI base, SSLSocketFactory tls) {
        return new RawHttp(base, tls, null, request -> {});
    }

    /** The same client, which tells {@code ear} of each request before sending it: for looking for secrets in logs later. */
    public RawHttp heardBy(Consumer<RawRequest> ear) {
        return new RawHttp(base, tls, from, ear);
    }

    /** The same client at another address of this machine, for instance {@code 127.0.0.2}: another peer to the server. */
    public RawHttp from(InetAddress address) {
        return new RawHttp(base, tls, address, ear);
    }

    public RawRequest get(String path) {
        return request("GET", path);
    }

    public RawRequest request(String method, String path) {
        String prefix = base.getRawPath() == null ? "" : base.getRawPath();
        String target = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) + path : prefix + path;
        return new RawRequest(this, method, target, List.of("Host: " + base.getRawAuthority()), new byte[0]);
    }

    /** One after the other on one kept-alive connection, each when the one before has been answered. */
    public List<RawResponse> onOneConnection(RawRequest... requests) throws IOException {
        List<RawResponse> responses = new ArrayList<>();
        try (Socket socket = connect()) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (RawRequest request : requests) {
                responses.add(exchange(socket, in, request));
            }
        }
        return responses;
    }

    RawResponse send(RawRequest request) throws IOException {
        return onOneConnection(request.header("Connection", "close")).get(0);
    }

    private RawResponse exchange(Socket socket, InputStream in, RawRequest request) throws IOException {
        ear.accept(request);
        try {
            OutputStream out = socket.getOutputStream();
            out.write(request.bytes());
            out.flush();
        } catch (IOException e) {
            // A server that refuses an oversized head stops reading; its answer may be there all the same.
        }
        return ResponseReader.read(in, request.method());
    }

    private Socket connect() throws IOException {
        int port = base.getPort() >= 0 ? base.getPort() : tls == null ? 80 : 443;
        Socket socket = new Socket();
        if (from != null) {
            socket.bind(new InetSocketAddress(from, 0));
        }
        socket.connect(new InetSocketAddress(base.getHost(), port), CONNECT_MILLIS);
        socket.setSoTimeout(READ_MILLIS);
        if (tls == null) {
            return socket;
        }
        SSLSocket secure = (SSLSocket) tls.createSocket(socket, base.getHost(), port, true);
        secure.startHandshake();
        return secure;
    }
}
