package dev.cardea.jaxrs;

/**
 * The same for RESTEasy's own service file, which RESTEasy reads where it leaves out the standard one. A class of its own,
 * since RESTEasy warns about one that it finds in both.
 */
public final class RestEasyFeature extends CardeaFeature {}
