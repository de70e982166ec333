package dev.cardea.it.app.beans;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.Future;

/** Calls the beans, for a resource and for a servlet alike. */
@ApplicationScoped
public class Desk {
    @Inject
    PlainLedger plain;

    @Inject
    Ledger<Integer> byInterface;

    @Inject
    LibraryLedger library;

    @Inject
    EnterpriseLedger enterprise;

    @Inject
    LedgerResource resource;

    public String ask(String what) throws Exception {
        return switch (what) {
            case "plain" -> plain.read(1);
            case "interface" -> byInterface.read(1);
            case "default" -> plain.byDefault();
            case "library" -> library.read();
            case "enterprise" -> enterprise.read();
            case "resource" -> resource.guarded();
            case "write" -> plain.write();
            case "never" -> plain.never();
            case "free" -> plain.free();
            case "later" -> later(enterprise.later());
            case "thread" -> inAnotherThread();
            default -> throw new IllegalArgumentException(what);
        };
    }

    private static String later(Future<String> future) throws Exception {
        return future.get();
    }

    private String inAnotherThread() throws Exception {
        String[] result = {"nothing"};
        Thread thread = new Thread(() -> {
            try {
                result[0] = plain.read(1);
            } catch (IllegalStateException e) {
                result[0] = "refused: " + e.getMessage();
            }
        });
        thread.start();
        thread.join();
        return result[0];
    }
}
