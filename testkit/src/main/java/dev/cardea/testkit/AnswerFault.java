package dev.cardea.testkit;

import java.time.Duration;

/** Makes of the right answer a wrong one. */
@FunctionalInterface
public interface AnswerFault {

    Answer applyTo(Answer right);

    /** Always this answer instead. */
    static AnswerFault instead(Answer answer) {
        return right -> answer;
    }

    /** The right body with another status. */
    static AnswerFault status(int status) {
        return right -> right.withStatus(status);
    }

    /** The right answer, but its first byte comes so late. */
    static AnswerFault slow(Duration delay) {
        return right -> right.after(delay);
    }

    /** The right answer, one byte of the body per interval. A timeout between bytes never notices. */
    static AnswerFault dripping(Duration interval) {
        return right -> right.dripping(interval);
    }
}
