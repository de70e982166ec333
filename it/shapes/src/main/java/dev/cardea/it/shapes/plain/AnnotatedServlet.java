package dev.cardea.it.shapes.plain;

import dev.cardea.RequiresScope;
import jakarta.servlet.annotation.WebServlet;

/** Declared by annotations alone. */
@WebServlet("/plain/annotated")
@RequiresScope("orders:read")
public class AnnotatedServlet extends MarkedServlet {
    private static final long serialVersionUID = 1;

    public AnnotatedServlet() {
        super("plain/annotated");
    }
}
