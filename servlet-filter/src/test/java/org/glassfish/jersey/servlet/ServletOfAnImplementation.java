package org.glassfish.jersey.servlet;

import jakarta.servlet.http.HttpServlet;

/** Known by its package, as the servlets of JAX-RS implementations are. */
public class ServletOfAnImplementation extends HttpServlet {
    private static final long serialVersionUID = 1;
}
