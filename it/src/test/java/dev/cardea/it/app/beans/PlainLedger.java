package dev.cardea.it.app.beans;

import dev.cardea.RequiresScope;
import jakarta.annotation.security.DenyAll;
import jakarta.enterprise.context.ApplicationScoped;

/** A bean in WEB-INF/classes. */
@ApplicationScoped
public class PlainLedger implements Ledger<Integer> {
    @Override
    public String read(Integer page) {
        return "secret";
    }

    @RequiresScope("orders:read")
    @RequiresScope("orders:write")
    public String write() {
        return "written";
    }

    @DenyAll
    public String never() {
        return "secret";
    }

    public String free() {
        return "free";
    }
}
