package dev.cardea.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What the specifications ask for, as {@code requirements.txt} beside this class has it. */
record Specifications(List<Group> groups) {

    /** Lines under one heading. */
    record Group(String heading, List<Line> lines) {}

    /**
     * One requirement.
     *
     * @param clause where it stands, or empty
     * @param level the specification's own word, or {@code policy}
     * @param done false if it is not in this version, wholly or for the better part
     * @param remark what has to be known about it, or empty
     */
    record Line(String id, String clause, String level, String text, boolean done, String remark) {}

    static Specifications read() {
        try (InputStream text = Specifications.class.getResourceAsStream("requirements.txt")) {
            return parse(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Specifications parse(String text) {
        List<Group> groups = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("= ")) {
                groups.add(new Group(line.substring(2), new ArrayList<>()));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                groups.get(groups.size() - 1).lines().add(line(line));
            }
        }
        return new Specifications(groups);
    }

    Stream<Line> lines() {
        return groups.stream().flatMap(group -> group.lines().stream());
    }

    private static Line line(String line) {
        List<String> cells =
                Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        String remark = cells.size() == 5 ? cells.get(4) : "note: ";
        boolean later = remark.startsWith("later: ");
        if (cells.size() < 4 || cells.size() > 5 || !(later || remark.startsWith("note: "))) {
            throw new IllegalArgumentException("no line of requirements.txt: " + line);
        }
        return new Line(
                cells.get(0),
                cells.get(1),
                cells.get(2),
                cells.get(3),
                !later,
                remark.substring(remark.indexOf(' ') + 1));
    }
}
