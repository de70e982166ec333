package dev.cardea.examples.demo;

import java.util.List;

/**
 * A line of the table.
 *
 * @param request method and path
 * @param credentials what was shown, in words
 * @param why why the answer is right
 * @param complaints what was expected instead; empty if nothing
 */
record Row(String request, String credentials, Answer answer, String why, List<String> complaints) {
    Row {
        complaints = List.copyOf(complaints);
    }

    boolean asExpected() {
        return complaints.isEmpty();
    }
}
