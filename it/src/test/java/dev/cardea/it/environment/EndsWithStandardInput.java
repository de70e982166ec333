package dev.cardea.it.environment;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Runs another program's main class and ends with its own standard input: whoever started it holds the other end, so it is
 * gone when that process is, however that died. It is put into a jar of its own and needs nothing else of ours.
 */
public final class EndsWithStandardInput {

    private EndsWithStandardInput() {}

    /** The class, then its arguments. */
    public static void main(String[] args) throws ReflectiveOperationException {
        Thread watch = new Thread(EndsWithStandardInput::haltAtTheEnd, "ends-with-standard-input");
        watch.setDaemon(true);
        watch.start();
        Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(args, 1, args.length));
    }

    /** Without shutdown hooks: what they would save is thrown away, and one that hangs would keep the process. */
    private static void haltAtTheEnd() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A broken pipe is an end as well.
        }
        Runtime.getRuntime().halt(1);
    }
}
