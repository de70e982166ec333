package dev.cardea.it.app;

import jakarta.servlet.annotation.WebServlet;

/** The same secret under a name of its own and several patterns. */
@WebServlet(
        name = "vault",
        urlPatterns = {"/vault", "/vault/*", "*.vault"},
        asyncSupported = true,
        loadOnStartup = 1)
public class NamedServlet extends ScopedServlet {
    private static final long serialVersionUID = 1;
}
