package dev.cardea.config;

/**
 * One thing that is wrong with the configuration.
 *
 * @param key the setting, or the file, that has to change
 * @param what what is wrong with it; never the value of a secret
 * @param instead what to write instead
 */
public record Problem(String key, String what, String instead) {
    /** One line. */
    @Override
    public String toString() {
        return key + ": " + what + "; write " + instead;
    }
}
