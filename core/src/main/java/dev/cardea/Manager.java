package dev.cardea;

import dev.cardea.demand.WhenUnavailable;
import dev.cardea.reject.Quoted;
import dev.cardea.request.PresentedToken;
import dev.cardea.resolve.Outages;
import dev.cardea.resolve.VerifiedTokens;
import dev.cardea.revocation.NotBeforeMarks;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
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
    private final Supplier<ProofStatistics> proofs;

    Manager(
            String name,
            NotBeforeMarks marks,
            VerifiedTokens verified,
            Outages outages,
            Supplier<List<IntrospectionStatistics>> introspection,
            Supplier<ProofStatistics> proofs) {
        this.name = name;
        this.marks = marks;
        this.verified = verified;
        this.outages = outages;
        this.introspection = introspection;
        this.proofs = proofs;
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
    public ProofStatistics getProofs() {
        return proofs.get();
    }

    @Override
    public String getWhenUnavailable() {
        WhenUnavailable general = outages.general();
        return general == null ? "" : general.word();
    }

    @Override
    public void setWhenUnavailable(String word) {
        String wanted = Objects.requireNonNullElse(word, "");
        String before = getWhenUnavailable();
        outages.change(wanted.isEmpty() ? null : whenUnavailable(wanted));
        boolean bridges = wanted.equals(WhenUnavailable.STALE.word()) || wanted.equals(WhenUnavailable.LOCAL.word());
        LOG.log(
                bridges ? Level.WARNING : Level.INFO,
                "application " + name + ": cardea.when-unavailable is now " + said(wanted) + ", it was " + said(before)
                        + (bridges
                                ? "; while an introspection endpoint cannot be asked, revoked tokens work longer"
                                : ""));
    }

    private static WhenUnavailable whenUnavailable(String word) {
        for (WhenUnavailable each : WhenUnavailable.values()) {
            if (each.word().equals(word)) {
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
        tell("everything");
    }

    @Override
    public void invalidateToken(String token) {
        marks.invalidateToken(PresentedToken.of(required(token, "a token")).digest());
        tell("one token");
    }

    @Override
    public void invalidateSubject(@Nullable String issuer, String subject) {
        marks.invalidateSubject(issuer == null || issuer.isEmpty() ? null : issuer, required(subject, "a subject"));
        tell("one subject");
    }

    @Override
    public void invalidateSession(String session) {
        marks.invalidateSession(required(session, "a session"));
        tell("one session");
    }

    @Override
    public void invalidateClient(String clientId) {
        marks.invalidateClient(required(clientId, "a client"));
        tell("client " + Quoted.of(clientId));
    }

    @Override
    public void invalidateIssuer(String issuer) {
        marks.invalidateIssuer(required(issuer, "an issuer"));
        tell("issuer " + Quoted.of(issuer));
    }

    @Override
    public void invalidateTenant(String tenant) {
        String wanted = Objects.requireNonNullElse(tenant, "");
        List<String> known = getIntrospection().stream()
                .map(IntrospectionStatistics::getTenant)
                .toList();
        if (!known.contains(wanted)) {
            throw new IllegalArgumentException(
                    "no introspection endpoint is called " + Quoted.of(wanted) + ", but " + Quoted.of(known));
        }
        marks.invalidateTenant(wanted);
        tell("endpoint " + Quoted.of(wanted));
    }

    private static String required(@Nullable String value, String what) {
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(what + " is needed");
        }
        return value;
    }

    /** Names nobody: whose tokens they are is nobody's business who reads logs. */
    private void tell(String what) {
        LOG.log(Level.INFO, "application " + name + ": what is remembered of " + what + " counts no more");
    }
}
