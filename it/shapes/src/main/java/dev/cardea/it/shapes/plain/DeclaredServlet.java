package dev.cardea.it.shapes.plain;

import dev.cardea.RequiresScope;

/** Declared in {@code web.xml}, which knows nothing of what it requires. */
@RequiresScope("orders:read")
public class DeclaredServlet extends MarkedServlet {
    private static final long serialVersionUID = 1;

    public DeclaredServlet() {
        super("plain/servlet");
    }
}
