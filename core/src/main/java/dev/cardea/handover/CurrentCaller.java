package dev.cardea.handover;

import dev.cardea.Caller;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * For whom the current thread works, where an adapter has said so: the servlet filter for the time of a dispatch, the
 * context provider for the time of a task in a managed executor. Information for the application; no decision of Cardea
 * rests on it.
 *
 * <p>Whoever {@linkplain #set sets} it puts back what was there in a {@code finally}, on the same thread: a pooled thread
 * that kept a caller would lend him to the next request.
 */
public final class CurrentCaller {
    private static final ThreadLocal<@Nullable Supplier<Caller>> CURRENT = new ThreadLocal<>();

    private CurrentCaller() {}

    /** The caller, or null where nobody has said anything. Whatever the supplier throws is thrown. */
    public static @Nullable Caller get() {
        Supplier<Caller> current = CURRENT.get();
        return current == null ? null : current.get();
    }

    /**
     * From here on it is this one.
     *
     * @param caller asked at each {@link #get}, since a request may be authenticated in the middle of a dispatch; null for
     *     nobody has said anything
     * @return what was there before, to be set again
     */
    public static @Nullable Supplier<Caller> set(@Nullable Supplier<Caller> caller) {
        Supplier<Caller> before = CURRENT.get();
        if (caller == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(caller);
        }
        return before;
    }
}
