package dev.cardea.examples.demo;

import java.util.ArrayList;
import java.util.List;

/** The table as text, 120 columns wide as long as everything is as expected. */
final class Table {
    private static final int REQUEST = 28;
    private static final int STATUS = 6;
    private static final int CHALLENGE = 34;
    private static final int WHY = 38;

    private Table() {}

    static String header() {
        return rule() + line("request", "status", "challenge", "why", "") + rule();
    }

    /** One request with its answer, and the rule below it. */
    static String row(Row row) {
        List<String> request = new ArrayList<>(wrapped(row.request(), REQUEST));
        request.addAll(wrapped(row.credentials(), REQUEST));
        List<String> challenge = new ArrayList<>();
        for (String parameter : row.answer().challenge().split("(?<=,) ", -1)) {
            challenge.addAll(wrapped(parameter, CHALLENGE));
        }
        List<String> why = new ArrayList<>(wrapped(row.why(), WHY));
        if (!row.asExpected()) {
            why.addAll(wrapped("Expected instead: " + String.join("; ", row.complaints()) + ".", WHY));
        }
        String mark = row.asExpected() ? "ok" : "UNEXPECTED";

        StringBuilder lines = new StringBuilder();
        int height = Math.max(request.size(), Math.max(challenge.size(), why.size()));
        for (int i = 0; i < height; i++) {
            String status = i == 0 ? Integer.toString(row.answer().status()) : "";
            lines.append(line(at(request, i), status, at(challenge, i), at(why, i), i == 0 ? mark : ""));
        }
        return lines.append(rule()).toString();
    }

    private static String at(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index) : "";
    }

    private static String line(String request, String status, String challenge, String why, String mark) {
        String line = padded(request, REQUEST) + " | " + padded(status, STATUS) + " | " + padded(challenge, CHALLENGE)
                + " | " + padded(why, WHY) + " | " + mark;
        return line.stripTrailing() + "\n";
    }

    private static String rule() {
        return "-".repeat(REQUEST) + "-+-" + "-".repeat(STATUS) + "-+-" + "-".repeat(CHALLENGE) + "-+-"
                + "-".repeat(WHY) + "-+---\n";
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** Broken at spaces, or inside a word that is longer than the line. */
    static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text.strip();
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > 0 ? space : width;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).strip();
        }
        lines.add(rest);
        return lines;
    }
}
