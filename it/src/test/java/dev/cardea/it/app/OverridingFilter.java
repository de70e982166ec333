package dev.cardea.it.app;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;

/** As many applications have it: the client may name another method. */
@WebFilter("/secret/*")
public class OverridingFilter implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String method = ((HttpServletRequest) request).getHeader("X-HTTP-Method-Override");
        chain.doFilter(
                method == null
                        ? request
                        : new HttpServletRequestWrapper((HttpServletRequest) request) {
                            @Override
                            public String getMethod() {
                                return method;
                            }
                        },
                response);
    }
}
