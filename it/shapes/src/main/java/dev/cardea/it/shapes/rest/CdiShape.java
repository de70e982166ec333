package dev.cardea.it.shapes.rest;

import dev.cardea.RequiresScope;
import dev.cardea.it.shapes.Reached;
import jakarta.enterprise.context.ApplicationScoped;

/** A bean that nobody may call without the scope, whoever calls it. */
@ApplicationScoped
public class CdiShape {
    @RequiresScope("orders:read")
    public String read() {
        return Reached.by("cdi");
    }
}
