package dev.cardea.cdi;

import dev.cardea.AccessPolicy;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.AroundTimeout;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * Stands in front of bean methods that ask something of their caller, before the platform's own interceptors: a
 * transaction, or another thread, is not started for whoever may not call. Serializable, since beans that it stands in
 * front of may be passivated with it. Thread-safe.
 */
@Interceptor
@Guarded
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
public class CallGuard implements Serializable {
    private static final long serialVersionUID = 1;

    @Inject
    private Instance<Object> lookup;

    /** For CDI, which injects the look-up. */
    @SuppressWarnings("NullAway.Init")
    public CallGuard() {}

    /** A call by application code. */
    @AroundInvoke
    public Object aroundInvoke(InvocationContext call) throws Exception {
        return proceed(call);
    }

    /** A call by an enterprise bean's timer: never on behalf of a request. */
    @AroundTimeout
    public Object aroundTimeout(InvocationContext call) throws Exception {
        return proceed(call);
    }

    private Object proceed(InvocationContext call) throws Exception {
        Method method = call.getMethod();
        Optional<AccessPolicy> policy = CallPolicies.of(call.getTarget().getClass(), method);
        if (policy.isPresent()) {
            CurrentRequest.requireAllowed(policy.get(), nameOf(method), lookup);
        }
        return call.proceed();
    }

    private static String nameOf(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }
}
