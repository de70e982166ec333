package dev.cardea.authz;

import dev.cardea.demand.SenderConstraint;
import dev.cardea.reject.Reason;
import dev.cardea.reject.Rejection;
import dev.cardea.token.Confirmation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether a token is bound as it has to be (RFC 9449 6, D39). That its sender is the one it is bound to was found out before. */
public final class Senders {
    private Senders() {}

    /** @return why a token that is bound so is refused, or null if it is not */
    public static @Nullable Rejection judge(Set<SenderConstraint> asked, Confirmation bound) {
        if (asked.isEmpty()) {
            return null;
        }
        for (SenderConstraint constraint : asked) {
            if (!isMet(constraint, bound)) {
                return new Rejection(
                        constraint == SenderConstraint.OFF
                                ? Reason.SENDER_CONSTRAINED
                                : Reason.SENDER_CONSTRAINT_MISSING,
                        inWords(constraint) + " is asked for, and the token is " + bound
                                + " (cardea.dpop.mode, cardea.certificate-binding.mode, the path rule's sender-constraint,"
                                + " @RequiresSenderConstrainedToken)");
            }
        }
        return null;
    }

    private static boolean isMet(SenderConstraint constraint, Confirmation bound) {
        return switch (constraint) {
            case OPTIONAL -> true;
            case OFF -> bound.isNone();
            case REQUIRED -> bound.isToKey() || bound.isToCertificate();
            case DPOP -> bound.isToKey();
            case CERTIFICATE -> bound.isToCertificate();
        };
    }

    /** For people, in the order of the words. */
    static List<String> inWords(Set<SenderConstraint> asked) {
        return new TreeSet<>(asked)
                .stream()
                        .filter(constraint -> constraint != SenderConstraint.OPTIONAL)
                        .map(Senders::inWords)
                        .toList();
    }

    private static String inWords(SenderConstraint constraint) {
        return switch (constraint) {
            case OPTIONAL -> "any token";
            case OFF -> "a token bound to nothing";
            case REQUIRED -> "a token bound to a key or certificate";
            case DPOP -> "a token bound to a key (DPoP)";
            case CERTIFICATE -> "a token bound to a certificate";
        };
    }
}
