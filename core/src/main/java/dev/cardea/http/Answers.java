package dev.cardea.http;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The JDK's response as an {@link HttpAnswer}. */
final class Answers {
    private Answers() {}

    static HttpAnswer of(HttpResponse<byte[]> response) {
        Map<String, List<String>> headers = new TreeMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return new HttpAnswer(response.statusCode(), headers, response.body());
    }
}
