package dev.cardea.config;

/** Where outgoing calls are handed to instead of to their host. */
public record ProxyAddress(String host, int port) {}
