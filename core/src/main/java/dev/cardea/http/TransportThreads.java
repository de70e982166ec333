package dev.cardea.http;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Threads that hold on to nothing of the application that happened to cause them: no context class loader, no
 * inherited thread locals. Otherwise they would keep an undeployed application in memory.
 */
final class TransportThreads {
    private static final int MAX_THREADS = 4;

    private TransportThreads() {}

    /** Few threads are enough: what runs on them only moves bytes. They end when idle. */
    static ExecutorService newExecutor() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                MAX_THREADS, MAX_THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(null, task, "cardea-http-" + number.incrementAndGet(), 0, false);
                    thread.setDaemon(true);
                    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** The client starts a thread of its own, which takes over the context class loader of the one that makes it. */
    static <T> T withoutContextClassLoader(Supplier<T> maker) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            return maker.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
