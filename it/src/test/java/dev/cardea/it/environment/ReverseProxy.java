package dev.cardea.it.environment;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cardea.testkit.contract.RawHttp;
import dev.cardea.testkit.contract.RawRequest;
import dev.cardea.testkit.contract.RawResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A reverse proxy as one finds them: asks the server by the server's own name and path, on a connection of its own, writes some
 * fields itself in place of what the client wrote, and passes every other on. Requests without a body.
 */
public final class ReverseProxy implements AutoCloseable {
    /** Of the connection, not of the request. */
    private static final Set<String> OWN = Set.of("host", "connection", "content-length", "transfer-encoding");

    private final HttpServer front;
    private final RawHttp back;
    private final String outside;
    private final String inside;
    private final Map<String, String> fields;

    private ReverseProxy(InetAddress address, String outside, String inside, Map<String, String> fields) {
        URI server = Server.application("");
        this.back = RawHttp.to(URI.create("http://" + server.getRawAuthority())).from(address);
        this.outside = outside;
        this.inside = inside;
        this.fields = new LinkedHashMap<>(fields);
        try {
            this.front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        front.createContext("/", this::pass);
        front.start();
    }

    /**
     * Starts one.
     *
     * @param address from which it asks the server
     * @param outside the beginning of paths that clients use
     * @param inside what the server knows it by
     * @param fields what it writes itself
     */
    public static ReverseProxy start(String address, String outside, String inside, Map<String, String> fields) {
        try {
            return new ReverseProxy(InetAddress.getByName(address), outside, inside, fields);
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients find it, whatever name they call it by. */
    public RawHttp http() {
        return RawHttp.to(URI.create("http://127.0.0.1:" + front.getAddress().getPort()))
                .heardBy(Used::request);
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI asked = exchange.getRequestURI();
            String path = asked.getRawPath();
            if (!path.startsWith(outside)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
            RawRequest request =
                    back.request(exchange.getRequestMethod(), inside + path.substring(outside.length()) + query);
            RawResponse answer = withFields(request, exchange).send();
            for (String name : List.of("WWW-Authenticate", "Content-Type")) {
                answer.all(name).forEach(value -> exchange.getResponseHeaders().add(name, value));
            }
            exchange.sendResponseHeaders(answer.status(), answer.content().length == 0 ? -1 : answer.content().length);
            exchange.getResponseBody().write(answer.content());
        }
    }

    private RawRequest withFields(RawRequest request, HttpExchange exchange) {
        Set<String> written = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        written.addAll(fields.keySet());
        RawRequest more = request;
        for (Map.Entry<String, List<String>> field :
                exchange.getRequestHeaders().entrySet()) {
            if (!written.contains(field.getKey())
                    && !OWN.contains(field.getKey().toLowerCase(Locale.ROOT))) {
                for (String value : field.getValue()) {
                    more = more.header(field.getKey(), value);
                }
            }
        }
        for (Map.Entry<String, String> field : fields.entrySet()) {
            more = more.header(field.getKey(), field.getValue());
        }
        return more;
    }

    @Override
    public void close() {
        front.stop(0);
    }
}
