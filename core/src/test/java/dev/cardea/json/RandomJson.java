package dev.cardea.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes a random object in a random but correct spelling, and says what reading it must give. */
final class RandomJson {
    private static final String[] SPACES = {"", "", "", " ", "\n", "\t\r "};
    private static final String[] CHARACTERS = {
        "a", "b", "\"", "\\", "/", "\n", "\u0001", "\u00e9", "\ud83d\ude00", "\u2028"
    };

    private final Random random;
    private final StringBuilder text = new StringBuilder();

    RandomJson(Random random) {
        this.random = random;
    }

    String text() {
        return text.toString();
    }

    Map<String, Object> object(int depth) {
        Map<String, Object> object = new LinkedHashMap<>();
        put("{");
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            String name = i + characters();
            put(i == 0 ? "" : ",");
            string(name);
            put(":");
            object.put(name, value(depth - 1));
        }
        put("}");
        return object;
    }

    private Object value(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> literal("true", true);
            case 1 -> literal("null", null);
            case 2 -> {
                long number = random.nextLong() >> random.nextInt(64);
                yield literal(Long.toString(number), number);
            }
            case 3 -> {
                double number = random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
                yield literal(Double.toString(number), number);
            }
            case 4, 5 -> string(characters());
            case 6 -> object(depth);
            default -> array(depth);
        };
    }

    private List<Object> array(int depth) {
        List<Object> array = new ArrayList<>();
        put("[");
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            put(i == 0 ? "" : ",");
            array.add(value(depth - 1));
        }
        put("]");
        return array;
    }

    private Object literal(String spelling, Object value) {
        put(spelling);
        return value;
    }

    private String characters() {
        StringBuilder characters = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            characters.append(CHARACTERS[random.nextInt(CHARACTERS.length)]);
        }
        return characters.toString();
    }

    private String string(String value) {
        StringBuilder spelling = new StringBuilder("\"");
        for (char c : value.toCharArray()) {
            boolean half = Character.isSurrogate(c);
            if (c < 0x20 || (!half && random.nextInt(3) == 0)) {
                spelling.append(String.format("\\u%04x", (int) c));
            } else {
                spelling.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        put(spelling.append('"').toString());
        return value;
    }

    private void put(String token) {
        text.append(token).append(SPACES[random.nextInt(SPACES.length)]);
    }
}
