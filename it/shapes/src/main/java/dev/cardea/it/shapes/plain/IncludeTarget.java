package dev.cardea.it.shapes.plain;

import dev.cardea.RequiresScope;
import jakarta.servlet.annotation.WebServlet;

/** What {@link IncludeServlet} includes. */
@WebServlet("/inner/include")
@RequiresScope("orders:read")
public class IncludeTarget extends MarkedServlet {
    private static final long serialVersionUID = 1;

    public IncludeTarget() {
        super("plain/include");
    }
}
