package dev.cardea.it.bypass;

import dev.cardea.testkit.contract.RawResponse;

/**
 * What became of one attempt.
 *
 * @param anonymous what was answered without a token
 * @param insufficient what was answered to a token without the scope
 * @param sufficient what was answered to one with the scope
 * @param reached whether the resource was reached with the sufficient one: only then the attempt says something
 */
public record Outcome(
        Attempt attempt, RawResponse anonymous, RawResponse insufficient, RawResponse sufficient, boolean reached) {

    static final String MARKER = "reached:";

    /** Whether somebody got in who must not. A 2xx alone is one, where the resource was meant. */
    public boolean isBypass() {
        return showsTheMarker() || (reached && (isSuccess(anonymous) || isSuccess(insufficient)));
    }

    private boolean showsTheMarker() {
        return anonymous.toString().contains(MARKER) || insufficient.toString().contains(MARKER);
    }

    private static boolean isSuccess(RawResponse refused) {
        return refused.status() >= 200 && refused.status() < 300;
    }

    @Override
    public String toString() {
        return attempt.name() + " [" + attempt.request() + "] " + anonymous.status() + " " + insufficient.status() + " "
                + sufficient.status();
    }
}
