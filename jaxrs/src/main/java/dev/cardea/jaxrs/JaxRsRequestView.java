package dev.cardea.jaxrs;

import dev.cardea.ProtectedRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JAX-RS request as core sees it, before it is matched. */
record JaxRsRequestView(ContainerRequestContext request) implements ProtectedRequest {
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
    public String route() {
        return "unmatched";
    }
}
