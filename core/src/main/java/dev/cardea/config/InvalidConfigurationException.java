package dev.cardea.config;

import java.util.List;

/** The configuration is incomplete or contradictory. Stops the deployment; its message has every problem on a line. */
public final class InvalidConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    InvalidConfigurationException(List<Problem> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    /** All problems, at least one. */
    public List<Problem> problems() {
        return problems;
    }

    private static String message(List<Problem> problems) {
        StringBuilder message = new StringBuilder("Cardea does not start: its configuration has ")
                .append(problems.size() == 1 ? "a problem" : problems.size() + " problems");
        problems.forEach(problem -> message.append("\n  ").append(problem));
        return message.toString();
    }
}
