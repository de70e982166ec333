package dev.cardea.handover;

/** Names under which the adapters of one application find each other's work. */
public final class Handover {
    /**
     * Servlet context attribute: the application's {@code ResourceServer}, or the
     * {@code InvalidConfigurationException} because of which there is none.
     */
    public static final String RESOURCE_SERVER = "dev.cardea.resource-server";

    /** Name of the servlet filter, and of the web fragment. */
    public static final String FILTER_NAME = "cardea";

    private Handover() {}
}
