package dev.cardea.it.shapes.plain;

import dev.cardea.RequiresScope;
import jakarta.servlet.annotation.WebServlet;

/** The error page of status 410, see {@code web.xml}. */
@WebServlet("/inner/error")
@RequiresScope("orders:read")
public class ErrorTarget extends MarkedServlet {
    private static final long serialVersionUID = 1;

    public ErrorTarget() {
        super("plain/error");
    }
}
