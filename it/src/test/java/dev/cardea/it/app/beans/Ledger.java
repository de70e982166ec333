package dev.cardea.it.app.beans;

import dev.cardea.RequiresScope;

/** What the beans here have in common, with the annotation where CDI does not look for bindings. */
public interface Ledger<T> {
    @RequiresScope("orders:read")
    String read(T page);

    @RequiresScope("orders:read")
    default String byDefault() {
        return "secret";
    }
}
