package dev.cardea.it.shapes.rest;

import jakarta.ws.rs.Path;

/** Has no method but the interface's. */
@Path("/shapes/default-method")
public class DefaultMethodResource implements DefaultMethodShape {}
