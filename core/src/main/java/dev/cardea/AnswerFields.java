package dev.cardea;

import java.util.List;

/** Header fields of an answer in the making; an adapter implements it over its container's response. */
public interface AnswerFields {
    /** Every field of that name (case-insensitive) so far, in order; empty if there is none. */
    List<String> all(String name);

    /** Sets the one field of that name, in place of any others. */
    void set(String name, String value);
}
