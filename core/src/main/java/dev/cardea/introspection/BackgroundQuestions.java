package dev.cardea.introspection;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The one thread of a resource server that asks introspection endpoints for answers that no request waits for, one after another.
 * More than {@value #MAX_WAITING} at a time are not taken: a question that is not asked ahead is asked when it arises.
 *
 * <p>It is a daemon, holds on to nothing of the application that happens to start it, and has ended when {@link #close()}
 * returns, unless a call ignores the interrupt for two seconds. A bug in one question is logged and does not stop the others.
 * Thread-safe.
 */
public final class BackgroundQuestions implements AutoCloseable {
    /** As it shows in a thread dump. */
    public static final String THREAD_NAME = "cardea-introspection";

    static final int MAX_WAITING = 256;

    private static final System.Logger LOGGER = System.getLogger("dev.cardea.introspection");
    private static final Duration PARTING = Duration.ofSeconds(2);

    private final BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Thread thread = new Thread(null, this::run, THREAD_NAME, 0, false);
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile boolean closed;

    public BackgroundQuestions() {
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    }

    /** Begins; before, questions are taken up to the limit and wait. Further calls do nothing. */
    public void start() {
        if (started.compareAndSet(false, true)) {
            thread.start();
        }
    }

    /** Whether {@code question} will be asked. */
    boolean offer(Runnable question) {
        return !closed && waiting.offer(question);
    }

    private void run() {
        while (!closed) {
            try {
                ask(waiting.take());
            } catch (InterruptedException e) {
                // Only close() interrupts, and has said so before; anybody else's interrupt is none of our business.
                continue;
            }
        }
        waiting.clear();
    }

    /** Whatever happens to one question, the next ones are asked: nobody else would notice that the thread has ended. */
    private static void ask(Runnable question) {
        try {
            question.run();
        } catch (Throwable e) {
            LOGGER.log(Level.ERROR, "a bug while asking in the background", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        waiting.clear();
        try {
            thread.join(PARTING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
