package dev.cardea.bundle.offences.servlet;

/** What an adapter keeps to itself. */
public final class Answered {}
