package dev.cardea.it.environment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A log file as records: the line that begins one, and what belongs to it, such as a stack trace. */
public final class LogRecords {

    /** WildFly's time and Open Liberty's. */
    private static final Pattern BEGINNING = Pattern.compile(
            "^(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3} |\\[\\d+/\\d+/\\d+, \\d+:\\d\\d:\\d\\d:\\d{3} )");

    private static final Pattern WARNING = Pattern.compile("^(\\S+ \\S+ WARN |\\[[^\\]]*\\] \\S+ .{56,70}? W )");
    private static final Pattern ERROR =
            Pattern.compile("^(\\S+ \\S+ (ERROR|FATAL) |\\[[^\\]]*\\] \\S+ .{56,70}? [EF] )");
    private static final Pattern FRAME = Pattern.compile("(?m)^\\s+at \\S+\\(");

    private LogRecords() {}

    public static List<String> of(Path file) {
        List<String> records = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        for (String line : Server.read(file).split("\n", -1)) {
            if (BEGINNING.matcher(line).find()) {
                records.add(current.toString());
                current.setLength(0);
            }
            current.append(line).append('\n');
        }
        records.add(current.toString());
        return records;
    }

    public static boolean isError(String record) {
        return ERROR.matcher(record).find();
    }

    /** Whether somebody who reads logs should look at it: a warning, an error, or a stack trace at any level. */
    public static boolean isTrouble(String record) {
        return isError(record)
                || WARNING.matcher(record).find()
                || FRAME.matcher(record).find();
    }
}
