package dev.cardea.cdi;

import dev.cardea.IntrospectionStatistics;
import dev.cardea.Management;
import dev.cardea.ProofStatistics;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The application's management, looked for at every call: a bean may be made before Cardea has started. */
final class InjectedManagement implements Management {
    private final Supplier<Management> deployed;

    InjectedManagement(Supplier<Management> deployed) {
        this.deployed = deployed;
    }

    @Override
    public String getName() {
        return deployed.get().getName();
    }

    @Override
    public List<IntrospectionStatistics> getIntrospection() {
        return deployed.get().getIntrospection();
    }

    @Override
    public ProofStatistics getProofs() {
        return deployed.get().getProofs();
    }

    @Override
    public String getWhenUnavailable() {
        return deployed.get().getWhenUnavailable();
    }

    @Override
    public void setWhenUnavailable(String word) {
        deployed.get().setWhenUnavailable(word);
    }

    @Override
    public void flush() {
        deployed.get().flush();
    }

    @Override
    public void invalidateToken(String token) {
        deployed.get().invalidateToken(token);
    }

    @Override
    public void invalidateSubject(@Nullable String issuer, String subject) {
        deployed.get().invalidateSubject(issuer, subject);
    }

    @Override
    public void invalidateSession(String session) {
        deployed.get().invalidateSession(session);
    }

    @Override
    public void invalidateClient(String clientId) {
        deployed.get().invalidateClient(clientId);
    }

    @Override
    public void invalidateIssuer(String issuer) {
        deployed.get().invalidateIssuer(issuer);
    }

    @Override
    public void invalidateTenant(String name) {
        deployed.get().invalidateTenant(name);
    }
}
