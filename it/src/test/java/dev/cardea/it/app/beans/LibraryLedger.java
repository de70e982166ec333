package dev.cardea.it.app.beans;

import dev.cardea.RequiresScope;
import jakarta.enterprise.context.RequestScoped;

/** A bean in a jar in WEB-INF/lib. */
@RequestScoped
@RequiresScope("orders:read")
public class LibraryLedger {
    public String read() {
        return "secret";
    }
}
