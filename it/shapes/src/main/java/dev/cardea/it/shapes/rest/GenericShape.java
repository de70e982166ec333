package dev.cardea.it.shapes.rest;

import dev.cardea.RequiresScope;
import dev.cardea.it.shapes.Reached;
import jakarta.ws.rs.GET;

/** A method that is inherited from a generic class. */
public abstract class GenericShape<K extends CharSequence> {
    @GET
    @RequiresScope("orders:read")
    public String read() {
        return marker(key());
    }

    protected abstract K key();

    private static String marker(CharSequence key) {
        return Reached.by(key.toString());
    }
}
