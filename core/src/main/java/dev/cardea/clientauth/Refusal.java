package dev.cardea.clientauth;

import dev.cardea.http.HttpAnswer;
import dev.cardea.json.BoundedJson;
import dev.cardea.json.JsonLimits;
import dev.cardea.json.MalformedJsonException;

/** Whether an answer is about who we are, and not about what we asked (RFC 6749 5.2, RFC 7662 2.3). */
public final class Refusal {
    private static final int MAX_SIZE = 16 * 1024;

    private Refusal() {}

    /** 401 and 403; 400 by its error code, since some products answer so to a JWT they do not take. */
    public static boolean isOne(HttpAnswer answer) {
        return switch (answer.status()) {
            case 401, 403 -> true;
            case 400 -> namesTheClient(answer);
            default -> false;
        };
    }

    private static boolean namesTheClient(HttpAnswer answer) {
        try {
            Object error = BoundedJson.readObject(answer.body(), JsonLimits.ofBytes(MAX_SIZE))
                    .get("error");
            return "invalid_client".equals(error) || "unauthorized_client".equals(error);
        } catch (MalformedJsonException e) {
            return false;
        }
    }
}
