package dev.cardea.discovery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Refreshes when the test says so. */
public final class ManualRefresher implements Refresher {
    private final List<Refreshable> documents = new CopyOnWriteArrayList<>();
    private final AtomicInteger wakes = new AtomicInteger();

    @Override
    public void lookAfter(Refreshable document) {
        documents.add(document);
    }

    @Override
    public void wake() {
        wakes.incrementAndGet();
    }

    /** Has everything done that is due, and says how long the background would sleep then. */
    public Duration round() {
        return documents.stream()
                .map(document -> Duration.ofNanos(document.refresh()))
                .min(Duration::compareTo)
                .orElseThrow();
    }

    /** How often somebody thought that something was late. */
    public int wakes() {
        return wakes.get();
    }
}
