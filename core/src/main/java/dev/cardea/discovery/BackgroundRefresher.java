package dev.cardea.discovery;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * The one thread of a resource server that fetches documents ahead of time, one after another: while one issuer does not
 * answer, the others' documents wait for at most its timeouts, and are used meanwhile.
 *
 * <p>It is a daemon, holds on to nothing of the application that happens to start it, and has ended when {@link #close()}
 * returns, unless a fetch ignores the interrupt for two seconds. A bug in one document's fetch is logged and does not stop
 * the others'.
 */
public final class BackgroundRefresher implements Refresher, AutoCloseable {
    /** As it shows in a thread dump. */
    public static final String THREAD_NAME = "cardea-keys";

    private static final System.Logger LOGGER = System.getLogger(BackgroundRefresher.class.getName());
    /** It looks at least this often: what is due may have changed without anybody saying so. */
    private static final long LONGEST_SLEEP_NANOS = Duration.ofMinutes(1).toNanos();

    private static final Duration PARTING = Duration.ofSeconds(2);

    private final List<Refreshable> documents = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(null, this::run, THREAD_NAME, 0, false);
    private volatile boolean woken;
    private volatile boolean closed;

    public BackgroundRefresher() {
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    }

    /** Begins, if there is anything to look after. Once. */
    public void start() {
        if (!documents.isEmpty()) {
            thread.start();
        }
    }

    @Override
    public void lookAfter(Refreshable document) {
        documents.add(document);
        wake();
    }

    @Override
    public void wake() {
        woken = true; // a fetch that waits for its answer swallows what unpark leaves behind
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed) {
            // Only close() interrupts, and has said so before; anybody else's interrupt would make this loop spin.
            Thread.interrupted();
            woken = false;
            long sleep = round();
            if (!woken && !closed) {
                LockSupport.parkNanos(this, sleep);
            }
        }
    }

    /** Nanoseconds until the next one. */
    private long round() {
        long sleep = LONGEST_SLEEP_NANOS;
        for (Refreshable document : documents) {
            if (closed) {
                return 0;
            }
            sleep = Math.min(sleep, refresh(document));
        }
        return sleep;
    }

    /** Whatever happens in one fetch, the next ones take place: nobody else would notice that the thread has ended. */
    private static long refresh(Refreshable document) {
        try {
            return document.refresh();
        } catch (Throwable e) {
            LOGGER.log(Level.ERROR, "a bug while refreshing in the background; it is tried again", e);
            return LastGood.RETRY_PAUSE.toNanos();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        wake();
        try {
            thread.join(PARTING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
