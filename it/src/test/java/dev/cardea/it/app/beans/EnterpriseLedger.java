package dev.cardea.it.app.beans;

import dev.cardea.RequiresScope;
import jakarta.ejb.AsyncResult;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.Stateless;
import java.util.concurrent.Future;

/** An enterprise bean, whose container wraps what its methods throw. */
@Stateless
@RequiresScope("orders:read")
public class EnterpriseLedger {
    public String read() {
        return "secret";
    }

    @Asynchronous
    public Future<String> later() {
        return new AsyncResult<>("secret");
    }
}
