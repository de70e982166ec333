package dev.cardea.it.shapes;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** Which shapes were reached, and how often: also those whose answer nobody saw. Thread-safe. */
public final class Reached {
    private static final Map<String, AtomicLong> COUNTS = new ConcurrentSkipListMap<>();

    private Reached() {}

    /**
     * Counts that this shape was reached and returns its marker, {@code reached:<shape>}.
     *
     * @param shape its path without {@code api/shapes/}
     */
    public static String by(String shape) {
        COUNTS.computeIfAbsent(shape, unknown -> new AtomicLong()).incrementAndGet();
        return "reached:" + shape;
    }

    /** Lines of {@code <shape>=<times>}, sorted. */
    public static String report() {
        StringBuilder report = new StringBuilder();
        COUNTS.forEach(
                (shape, times) -> report.append(shape).append('=').append(times).append('\n'));
        return report.toString();
    }
}
