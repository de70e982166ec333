package dev.cardea.config;

import java.time.Duration;
import java.util.List;

/** What a setting may say. {@link #describe} is for the reference page and for the problem "is not ...". */
sealed interface Type {
    String describe();

    /** Any text. */
    record Text(String describe) implements Type {}

    /** Texts, split at commas. */
    record Texts(String describe) implements Type {}

    /** An absolute https address. */
    record Url() implements Type {
        @Override
        public String describe() {
            return "https URL";
        }
    }

    /** Yes or no. */
    record Flag() implements Type {
        @Override
        public String describe() {
            return "`true` or `false`";
        }
    }

    /** A secret: taken as written, never shown. */
    record Hidden() implements Type {
        @Override
        public String describe() {
            return "secret";
        }
    }

    /** A file that the server can read. */
    record Readable() implements Type {
        @Override
        public String describe() {
            return "path of a file";
        }
    }

    /**
     * One of some words.
     *
     * @param later words of the vocabulary that this version does not support
     */
    record Choice(List<String> words, List<String> later) implements Type {
        @Override
        public String describe() {
            return "`" + String.join("`, `", words) + "`";
        }
    }

    /** A whole number, bounds included. */
    record Count(int min, int max, String unit) implements Type {
        @Override
        public String describe() {
            return "whole number of " + unit + ", " + min + " to " + max;
        }
    }

    /** A probability. */
    record Fraction() implements Type {
        @Override
        public String describe() {
            return "number from 0 to 1";
        }
    }

    /** A duration, bounds included. */
    record Span(Duration min, Duration max) implements Type {
        @Override
        public String describe() {
            return "duration, " + Durations.format(min) + " to " + Durations.format(max);
        }
    }
}
