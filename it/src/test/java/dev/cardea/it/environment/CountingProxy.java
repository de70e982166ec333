package dev.cardea.it.environment;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before one document of an authorization server and counts how often it is fetched. Passes its caching rules on. */
public final class CountingProxy implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger fetches = new AtomicInteger();
    private final HttpServer server;
    private final URI document;

    private CountingProxy(URI document) {
        this.document = document;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::pass);
        server.start();
    }

    public static CountingProxy before(URI document) {
        return new CountingProxy(document);
    }

    /** Where the document is to be fetched. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + document.getRawPath();
    }

    public int fetches() {
        return fetches.get();
    }

    private void pass(HttpExchange exchange) throws IOException {
        fetches.incrementAndGet();
        try (exchange) {
            HttpResponse<byte[]> answer =
                    client.send(HttpRequest.newBuilder(document).build(), HttpResponse.BodyHandlers.ofByteArray());
            for (String name : new String[] {"Content-Type", "Cache-Control"}) {
                answer.headers().firstValue(name).ifPresent(value -> exchange.getResponseHeaders()
                        .set(name, value));
            }
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
