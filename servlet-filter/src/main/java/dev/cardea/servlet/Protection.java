package dev.cardea.servlet;

import dev.cardea.ResourceServer;

/** What the filter works with, once the configuration has been read. */
record Protection(
        ResourceServer server,
        Endpoints endpoints,
        WebSocketEndpoints webSockets,
        JaxRsHalf jaxRsHalf,
        LateServlets lateServlets,
        OpenResources openResources) {}
