package dev.cardea.config;

import dev.cardea.demand.SenderConstraint;

/** Path rules that ask for a binding which nobody checks. For one thread. */
final class SenderProblems {
    private final Values values;
    private final Configuration configuration;

    SenderProblems(Values values, Configuration configuration) {
        this.values = values;
        this.configuration = configuration;
    }

    void report() {
        configuration.routes().forEach(this::report);
    }

    private void report(RouteSettings route) {
        boolean proofs = configuration.dpop().mode() != BindingMode.OFF;
        boolean certificates = configuration.certificates().mode() != BindingMode.OFF;
        SenderConstraint asked = route.senderConstraint();
        if ((asked == SenderConstraint.DPOP && !proofs)
                || (asked == SenderConstraint.CERTIFICATE && !certificates)
                || (asked == SenderConstraint.REQUIRED && !proofs && !certificates)) {
            values.report(
                    RouteKey.SENDER_CONSTRAINT.of(route.name()),
                    "is " + asked.word() + ", but such tokens are refused everywhere (" + switchedOff(asked) + ")",
                    "off, or set the mode to optional");
        }
        if (!proofs && route.nonce() != null) {
            values.report(
                    RouteKey.DPOP_NONCE.of(route.name()),
                    "is set, but " + Key.DPOP_MODE.key() + " is off",
                    "nothing, or " + Key.DPOP_MODE.key() + "=optional");
        }
    }

    private static String switchedOff(SenderConstraint asked) {
        String keys = Key.DPOP_MODE.key() + "=off";
        String certificates = Key.CERTIFICATE_MODE.key() + "=off";
        return switch (asked) {
            case CERTIFICATE -> certificates;
            case REQUIRED -> keys + ", " + certificates;
            default -> keys;
        };
    }
}
