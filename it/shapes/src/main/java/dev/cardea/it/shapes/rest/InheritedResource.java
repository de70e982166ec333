package dev.cardea.it.shapes.rest;

import jakarta.ws.rs.Path;

/** Inherits its only method, with what it requires. */
@Path("/shapes/inherited")
public class InheritedResource extends InheritedShape {}
