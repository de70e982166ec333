package dev.cardea.cdi;

import dev.cardea.AccessRefusedException;
import dev.cardea.Answer;
import jakarta.ejb.ApplicationException;

/**
 * The same to a container of enterprise beans, which would otherwise hide it in an exception of its own. A transaction that
 * the bean takes part in is rolled back, as for any other unchecked exception. Where there are no enterprise beans, nobody
 * reads the annotation, and its absence does no harm.
 */
@ApplicationException(rollback = true)
final class RefusedCallException extends AccessRefusedException {
    private static final long serialVersionUID = 1;

    RefusedCallException(String called, Answer answer) {
        super(called, answer);
    }
}
