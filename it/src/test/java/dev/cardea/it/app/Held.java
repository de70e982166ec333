package dev.cardea.it.app;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Requests that go on until a test lets them go, by their {@code X-Request-Id}. */
final class Held {
    private static final long PATIENCE_SECONDS = 60;
    private static final Map<String, CountDownLatch> LATCHES = new ConcurrentHashMap<>();

    private Held() {}

    static void await(String id) {
        try {
            if (!latch(id).await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody let " + id + " go");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static void release(String id) {
        latch(id).countDown();
    }

    private static CountDownLatch latch(String id) {
        return LATCHES.computeIfAbsent(id, any -> new CountDownLatch(1));
    }

    /** On a thread that the container does not know. */
    static void later(Runnable task) {
        Thread thread = new Thread(task, "held");
        thread.setDaemon(true);
        thread.start();
    }
}
