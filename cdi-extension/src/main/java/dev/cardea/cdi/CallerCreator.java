package dev.cardea.cdi;

import dev.cardea.Caller;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.build.compatible.spi.Parameters;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanCreator;
import jakarta.servlet.http.HttpServletRequest;

/** Makes the bean {@code Caller} of one request. */
public final class CallerCreator implements SyntheticBeanCreator<Caller> {
    @Override
    public Caller create(Instance<Object> lookup, Parameters parameters) {
        return new RequestCaller(lookup.select(HttpServletRequest.class).get());
    }
}
