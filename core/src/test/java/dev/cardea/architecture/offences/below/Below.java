package dev.cardea.architecture.offences.below;

import dev.cardea.architecture.offences.Offender;

/** Looks back up at its caller: a package cycle. */
public final class Below {

    final Offender caller = new Offender();
}
