package dev.cardea.it.app;

import java.util.concurrent.atomic.AtomicInteger;

/** How often code ran that refused requests must not reach. */
public final class Runs {
    static final AtomicInteger LOCATOR = new AtomicInteger();
    static final AtomicInteger SUB_RESOURCE = new AtomicInteger();

    private Runs() {}
}
