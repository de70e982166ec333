package dev.cardea.file;

import dev.cardea.log.RateLimitedLog;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What a file holds, read again when it was replaced: rewritten, moved over, or by a symbolic link that leads elsewhere, as
 * Kubernetes does it.
 *
 * <p>Whoever asks for the value looks at the file if nobody has within a second; there is no thread that watches. A look reads
 * the whole file, because neither time nor size nor identity of a file changes with each rewriting of it. A file that is gone,
 * empty, too large or unusable leaves the last good value in force; the log says so, at most once a minute.
 *
 * <p>Thread-safe. One thread reads at a time.
 *
 * @param <T> what is made of the content
 */
public final class WatchedFile<T> {
    /** Least time between two looks, but for {@link #look}. */
    public static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Makes a value of a file's content. */
    public interface Reading<T> {
        /** @param content not empty */
        T read(byte[] content) throws UnusableFileException;
    }

    private enum Trouble {
        NOT_USABLE
    }

    /** With a digest instead of the content, which may be a secret that has long been replaced. */
    private static final class Seen<T> {
        private final T value;
        private final byte[] digest;

        Seen(T value, byte[] digest) {
            this.value = value;
            this.digest = digest;
        }
    }

    private final Path path;
    private final String setting;
    private final int maxBytes;
    private final Reading<T> reading;
    private final LongSupplier nanoTime;
    private final RateLimitedLog log;
    private final AtomicLong nextLook;
    private volatile Seen<T> seen; // written under this

    /**
     * Reads the file for the first time.
     *
     * @param setting the setting that names the file
     * @param nanoTime a monotonic time in nanoseconds
     * @param log for this file alone
     * @throws IOException if it cannot be read
     * @throws UnusableFileException if it is empty, too large, or {@code reading} makes nothing of it
     */
    public WatchedFile(
            Path path, String setting, int maxBytes, Reading<T> reading, LongSupplier nanoTime, RateLimitedLog log)
            throws IOException, UnusableFileException {
        this.path = path;
        this.setting = setting;
        this.maxBytes = maxBytes;
        this.reading = reading;
        this.nanoTime = nanoTime;
        this.log = log;
        this.nextLook = new AtomicLong(nanoTime.getAsLong() + INTERVAL.toNanos());
        byte[] content = content();
        this.seen = new Seen<>(reading.read(content), digest(content));
    }

    /** The value, at most about a second old while somebody asks. The same object until the content changes. */
    public T value() {
        long due = nextLook.get();
        long now = nanoTime.getAsLong();
        if (now - due >= 0 && nextLook.compareAndSet(due, now + INTERVAL.toNanos())) {
            look();
        }
        return seen.value;
    }

    /** The value that was last read, without looking. Never older than one that was returned before. */
    public T lastRead() {
        return seen.value;
    }

    /** The value now: for who has just been told that the last one is no good. */
    public synchronized T look() {
        Seen<T> before = seen;
        try {
            byte[] content = content();
            byte[] digest = digest(content);
            if (!MessageDigest.isEqual(digest, before.digest)) {
                seen = new Seen<>(reading.read(content), digest);
            }
            log.works(setting + ": the file is usable again");
        } catch (IOException e) {
            // By the exception's class: its message repeats the path, which the operator knows, and on some systems
            // more.
            keep("cannot be read (" + e.getClass().getSimpleName() + ")");
        } catch (UnusableFileException e) {
            keep(e.what());
        }
        return seen.value;
    }

    private void keep(String why) {
        log.failed(
                Level.WARNING,
                Trouble.NOT_USABLE,
                setting + ": names a file that " + why + "; what was read before stays in force");
    }

    private byte[] content() throws IOException, UnusableFileException {
        byte[] content;
        try (InputStream in = Files.newInputStream(path)) {
            content = in.readNBytes(maxBytes + 1);
        }
        if (content.length == 0) {
            throw new UnusableFileException("is empty");
        }
        if (content.length > maxBytes) {
            throw new UnusableFileException("has more than " + maxBytes / 1024 + " KiB");
        }
        return content;
    }

    private static byte[] digest(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
