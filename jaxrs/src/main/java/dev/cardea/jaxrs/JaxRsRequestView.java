package dev.cardea.jaxrs;

import dev.cardea.CorrelationId;
import dev.cardea.ProtectedRequest;
import dev.cardea.handover.Received;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.UriInfo;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JAX-RS request as core sees it, before it is matched.
 *
 * @param servletRequest the container's, or null where JAX-RS has none: then nobody knows how the request came, so that it
 *     counts as having come over plain HTTP from far away
 */
record JaxRsRequestView(
        ContainerRequestContext request, @Nullable HttpServletRequest servletRequest) implements ProtectedRequest {
    @Override
    public String method() {
        return request.getMethod();
    }

    /** Not {@code getHeaderString}, which would join repeated fields into one. */
    @Override
    public List<String> headers(String name) {
        List<String> fields = request.getHeaders().get(name);
        return fields == null ? List.of() : fields;
    }

    @Override
    public @Nullable String query() {
        return request.getUriInfo().getRequestUri().getRawQuery();
    }

    /** As the application's pre-matching filters left it. */
    @Override
    public String path() {
        return request.getUriInfo().getRequestUri().getRawPath();
    }

    /** JAX-RS shows the path as it is matched, parameters gone, suffixes of media types too. */
    @Override
    public String matchedPath() {
        UriInfo uri = request.getUriInfo();
        return uri.getBaseUri().getPath().replaceFirst("/$", "") + "/"
                + uri.getPath().replaceFirst("^/", "");
    }

    /** Not as a pre-matching filter of the application left it: a client's proof is for what it sent. */
    @Override
    public String receivedMethod() {
        return servletRequest == null ? method() : servletRequest.getMethod();
    }

    /** Of the servlet: {@code UriInfo} has a path that was decoded and encoded again, and that filters may have changed. */
    @Override
    public String receivedPath() {
        return servletRequest == null
                ? path()
                : Received.path(servletRequest::getAttribute, servletRequest.getRequestURI());
    }

    @Override
    public String contextPath() {
        return servletRequest == null ? "" : servletRequest.getContextPath();
    }

    @Override
    public @Nullable String authority() {
        return servletRequest == null
                ? null
                : Received.authority(
                        servletRequest.getServerName(), servletRequest.getServerPort(), servletRequest.isSecure());
    }

    @Override
    public List<X509Certificate> clientCertificates() {
        return servletRequest == null
                ? List.of()
                : Received.certificates(servletRequest.getAttribute(Received.CERTIFICATES));
    }

    @Override
    public boolean isSecure() {
        return servletRequest != null && servletRequest.isSecure();
    }

    @Override
    public @Nullable String remoteAddress() {
        return servletRequest == null ? null : servletRequest.getRemoteAddr();
    }

    @Override
    public String route() {
        return "unmatched";
    }

    @Override
    public String correlationId() {
        if (request.getProperty(CorrelationId.ATTRIBUTE) instanceof String known) {
            return known;
        }
        String id = CorrelationId.of(this);
        request.setProperty(CorrelationId.ATTRIBUTE, id);
        return id;
    }
}
