package dev.cardea;

import dev.cardea.demand.WhenUnavailable;
import dev.cardea.request.PresentedToken;
import dev.cardea.resolve.Outages;
import dev.cardea.resolve.VerifiedTokens;
import dev.cardea.revocation.NotBeforeMarks;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@link Management} of one resource server. */
final class Manager implements Management {
    private static final System.Logger LOG = System.getLogger("dev.cardea.management");

    private final String name;
    private final NotBeforeMarks marks;
    private final VerifiedTokens verified;
    private final Outages outages;
    private final Supplier<List<IntrospectionStatistics>> introspection;

    Manager(
            String name,
            NotBeforeMarks marks,
            VerifiedTokens verified,
            Outages outages,
            Supplier<List<IntrospectionStatistics>> introspection) {
        this.name = name;
        this.marks = marks;
        this.verified = verified;
        this.outages = outages;
        this.introspection = introspection;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public List<IntrospectionStatistics> getIntrospection() {
        return introspection.get();
    }

    @Override
    public String getWhenUnavailable() {
        WhenUnavailable general = outages.general();
        return general == null ? "" : general.word();
    }

    @Override
    public void setWhenUnavailable(String word) {
        String before = getWhenUnavailable();
        outages.change(word.isEmpty() ? null : whenUnavailable(word));
        LOG.log(
                System.Logger.Level.INFO,
                "application " + name + ": cardea.when-unavailable is now " + said(word) + ", it was " + said(before));
    }

    private static WhenUnavailable whenUnavailable(String word) {
        for (WhenUnavailable each : WhenUnavailable.values()) {
            if (each.word().equals(word.toLowerCase(Locale.ROOT))) {
                return each;
            }
        }
        throw new IllegalArgumentException("not one of deny, stale, local, anonymous, or nothing");
    }

    private static String said(String word) {
        return word.isEmpty() ? "not set" : word;
    }

    @Override
    public void flush() {
        marks.invalidateAll();
        verified.clear();
    }

    @Override
    public void invalidateToken(String token) {
        marks.invalidateToken(PresentedToken.of(token).digest());
    }

    @Override
    public void invalidateSubject(@Nullable String issuer, String subject) {
        marks.invalidateSubject(issuer == null || issuer.isEmpty() ? null : issuer, subject);
    }

    @Override
    public void invalidateSession(String session) {
        marks.invalidateSession(session);
    }

    @Override
    public void invalidateClient(String clientId) {
        marks.invalidateClient(clientId);
    }

    @Override
    public void invalidateIssuer(String issuer) {
        marks.invalidateIssuer(issuer);
    }

    @Override
    public void invalidateTenant(String tenant) {
        marks.invalidateTenant(tenant);
    }
}
