package dev.cardea.it.shapes.plain;

import dev.cardea.RequiresScope;
import jakarta.servlet.annotation.WebServlet;

/** Where {@link ForwardServlet} forwards to. */
@WebServlet("/inner/forward")
@RequiresScope("orders:read")
public class ForwardTarget extends MarkedServlet {
    private static final long serialVersionUID = 1;

    public ForwardTarget() {
        super("plain/forward");
    }
}
