package dev.cardea.introspection;

import dev.cardea.http.HttpAnswer;
import java.util.List;
import java.util.Locale;

/** How an answer is labelled (RFC 9110 8.3). */
final class ContentTypes {
    static final String JSON = "application/json";

    private ContentTypes() {}

    /**
     * Whether {@code answer} says once that it is of {@code mediaType}. The types that are asked for here define no parameter
     * (RFC 8259 11, RFC 9701 10.2.1); {@code charset} is tolerated and has no effect.
     *
     * @param mediaType in lower case
     */
    static boolean isLabelled(HttpAnswer answer, String mediaType) {
        List<String> types = answer.headers().getOrDefault("content-type", List.of());
        return types.size() == 1 && is(types.get(0), mediaType);
    }

    private static boolean is(String contentType, String mediaType) {
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", 8);
        if (!parts[0].trim().equals(mediaType)) {
            return false;
        }
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].trim();
            if (!parameter.isEmpty() && !parameter.startsWith("charset=")) {
                return false;
            }
        }
        return true;
    }
}
