package dev.cardea.request;

import java.util.ArrayList;
import java.util.List;

/** Reads {@code Cookie} fields (RFC 6265 4.2.1): pairs with {@code ;} between them. */
final class Cookies {
    private Cookies() {}

    /** The values of every cookie of exactly that name, in order. Surrounding blanks do not count, quotes are kept. */
    static List<String> named(String name, List<String> fields) {
        List<String> values = new ArrayList<>();
        for (String field : fields) {
            int end;
            for (int start = 0; start < field.length(); start = end + 1) {
                int semicolon = field.indexOf(';', start);
                end = semicolon < 0 ? field.length() : semicolon;
                int equals = field.indexOf('=', start);
                if (equals > 0
                        && equals < end
                        && field.substring(start, equals).strip().equals(name)) {
                    values.add(field.substring(equals + 1, end).strip());
                }
            }
        }
        return values;
    }
}
