package dev.cardea.file;

/** What a file holds is not to be used. The message goes on from "names a file that ...", in our words. */
public final class UnusableFileException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnusableFileException(String what) {
        super(what, null, false, false);
    }

    /** What is wrong, without anything that the file says. */
    public String what() {
        return String.valueOf(getMessage());
    }
}
