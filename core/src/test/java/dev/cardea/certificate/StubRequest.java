package dev.cardea.certificate;

import dev.cardea.log.RateLimitedLog;
import dev.cardea.log.RecordedLog;
import dev.cardea.request.AddressRange;
import dev.cardea.request.ReceivedRequest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request from {@link #CLIENT} with nothing in it, until it is told otherwise. */
final class StubRequest implements ReceivedRequest {
    static final String CLIENT = "203.0.113.9";
    static final String PROXY = "10.1.2.3";
    static final List<AddressRange> TRUSTED = List.of(Objects.requireNonNull(AddressRange.parse("10.0.0.0/8")));

    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private List<X509Certificate> certificates = List.of();
    private @Nullable String peer = CLIENT;

    static ClientCertificates behindProxy(HeaderFormat format) {
        return new ClientCertificates(format, null, TRUSTED, new RateLimitedLog(new RecordedLog(), () -> 0));
    }

    StubRequest from(@Nullable String peer) {
        this.peer = peer;
        return this;
    }

    StubRequest with(String header, String value) {
        headers.computeIfAbsent(header.toLowerCase(Locale.ROOT), any -> new ArrayList<>())
                .add(value);
        return this;
    }

    StubRequest over(X509Certificate... certificates) {
        this.certificates = List.of(certificates);
        return this;
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public boolean isSecure() {
        return true;
    }

    @Override
    public @Nullable String peer() {
        return peer;
    }

    @Override
    public String authority() {
        return "api.example.test";
    }

    @Override
    public String requestPath() {
        return "/orders";
    }

    @Override
    public String contextPath() {
        return "";
    }

    @Override
    public List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
    }

    @Override
    public List<X509Certificate> clientCertificates() {
        return certificates;
    }
}
