package dev.cardea.examples.demo;

/**
 * What came back.
 *
 * @param challenge the value of {@code WWW-Authenticate}, or empty
 * @param location the value of {@code Location}, or empty
 */
record Answer(int status, String challenge, String location, String body) {}
