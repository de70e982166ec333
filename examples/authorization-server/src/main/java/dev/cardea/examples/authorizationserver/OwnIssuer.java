package dev.cardea.examples.authorizationserver;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Makes {@code http://127.0.0.1:port} the issuer whatever the {@code Host} header says. A configured issuer would do so too,
 * but with {@code --server.port=0} the port is known only after everything that reads the configuration.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class OwnIssuer extends OncePerRequestFilter {

    private static final String HOST = "127.0.0.1";

    OwnIssuer(@Value("${server.address}") String address) {
        if (!HOST.equals(address)) {
            throw new IllegalArgumentException("server.address must be " + HOST
                    + ": this server's secrets are public and anybody may rotate its keys");
        }
    }

    static String of(int port) {
        return "http://" + HOST + ":" + port;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new Addressed(request), response);
    }

    private static final class Addressed extends HttpServletRequestWrapper {

        Addressed(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getScheme() {
            return "http";
        }

        @Override
        public String getServerName() {
            return HOST;
        }

        @Override
        public int getServerPort() {
            return getLocalPort();
        }

        @Override
        public StringBuffer getRequestURL() {
            return new StringBuffer(of(getLocalPort())).append(getRequestURI());
        }
    }
}
