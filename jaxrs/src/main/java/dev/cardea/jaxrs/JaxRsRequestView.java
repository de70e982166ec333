package dev.cardea.jaxrs;

import dev.cardea.CorrelationId;
import dev.cardea.ProtectedRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.UriInfo;
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
