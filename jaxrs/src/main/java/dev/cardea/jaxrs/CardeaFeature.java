package dev.cardea.jaxrs;

import dev.cardea.handover.Handover;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import org.jspecify.annotations.Nullable;

/**
 * The JAX-RS half of Cardea. JAX-RS finds it by service file (JAX-RS 3.1, 4.1.2); where an application switches that off,
 * it may register this class itself. Registering it twice is once.
 */
public class CardeaFeature implements Feature {
    @Context
    private @Nullable ServletContext servletContext;

    @Context
    private @Nullable ServletConfig servletConfig;

    /**
     * Registers the filters, and tells the servlet filter that this servlet is watched over.
     *
     * <p>RESTEasy reads its service file for clients as well: there is nothing to protect there, and no servlet, so that
     * asking for its name would fail whoever makes a client outside a JAX-RS request.
     */
    @Override
    public boolean configure(FeatureContext context) {
        if (context.getConfiguration().getRuntimeType() == RuntimeType.CLIENT) {
            return false;
        }
        if (!context.getConfiguration().isRegistered(AuthorizationFilter.class)) {
            context.register(AuthenticationFilter.class);
            context.register(PreflightFilter.class);
            context.register(AuthorizationFilter.class);
            context.register(AccessRefusedMapper.class);
        }
        if (servletContext != null && servletConfig != null) {
            servletContext.setAttribute(Handover.watched(servletConfig.getServletName()), Boolean.TRUE);
        }
        return true;
    }
}
