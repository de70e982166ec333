package dev.cardea.bundle.offences.jaxrs;

import dev.cardea.bundle.offences.servlet.Answered;

/** An adapter that looks into another. */
public record Curious(Answered answered) {}
