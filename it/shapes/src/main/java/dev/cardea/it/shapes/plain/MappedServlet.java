package dev.cardea.it.shapes.plain;

import dev.cardea.RequiresScope;
import jakarta.servlet.annotation.WebServlet;

/** Mapped to everything below a path. */
@WebServlet("/plain/mapped/*")
@RequiresScope("orders:read")
public class MappedServlet extends MarkedServlet {
    private static final long serialVersionUID = 1;

    public MappedServlet() {
        super("plain/mapped");
    }
}
