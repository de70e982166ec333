package dev.cardea;

import dev.cardea.confirmation.Sender;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What every answer to a request carries because of how its sender was confirmed: {@link Authentication#answerFields()}. */
final class AnswerNotes {
    static final String NONCE = "DPoP-Nonce";

    private AnswerNotes() {}

    static Map<String, String> of(Trail trail) {
        Sender sender = trail.sender();
        if (sender == null) {
            return Map.of();
        }
        String nonce = sender.nonceForClient();
        String field = sender.forwardedCertificateField();
        return nonce == null && field == null ? Map.of() : of(nonce, field);
    }

    private static Map<String, String> of(@Nullable String nonce, @Nullable String certificateField) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (nonce != null) {
            fields.put(NONCE, nonce);
            fields.put("Cache-Control", "no-store");
        }
        if (certificateField != null) {
            fields.put("Vary", certificateField);
        }
        return fields;
    }
}
