package dev.cardea.it.shapes.plain;

import dev.cardea.RequiresScope;
import jakarta.servlet.annotation.WebServlet;

/** Where {@link AsyncDispatchServlet} dispatches to. */
@WebServlet(urlPatterns = "/inner/async", asyncSupported = true)
@RequiresScope("orders:read")
public class AsyncTarget extends MarkedServlet {
    private static final long serialVersionUID = 1;

    public AsyncTarget() {
        super("plain/async-dispatch");
    }
}
