package dev.cardea.handover;

/** Names under which the adapters of one application find each other's work. */
public final class Handover {
    /**
     * Servlet context attribute: the application's {@code ResourceServer}; missing as long as Cardea has not started.
     */
    public static final String RESOURCE_SERVER = "dev.cardea.resource-server";

    /** Servlet context attribute: a collection of the application's classes that carry a security annotation. */
    public static final String ANNOTATED = "dev.cardea.annotated";

    /**
     * Request attribute, and JAX-RS request property: the request is a CORS preflight, which was let in without credentials
     * and must reach no endpoint.
     */
    public static final String PREFLIGHT = "dev.cardea.preflight";

    /** Request attribute, and JAX-RS request property: what browsers are told about the answer has been said. */
    public static final String CROSS_ORIGIN_SETTLED = "dev.cardea.cross-origin-settled";

    /** Request attribute, and JAX-RS request property: the answer has {@link dev.cardea.Authentication#answerFields()}. */
    public static final String NOTED = "dev.cardea.noted";

    /** Request attribute: the answer by which the JAX-RS half has refused. */
    public static final String REFUSED = "dev.cardea.refused";

    /** Name of the servlet filter, and of the web fragment. */
    public static final String FILTER_NAME = "cardea";

    /** What the guards say when {@link #RESOURCE_SERVER} is missing although the application starts. */
    public static final String ORDERED_OUT =
            "Cardea is in WEB-INF/lib but was not started: web.xml has an <absolute-ordering> without it, so nothing would"
                    + " protect the application. Add <name>cardea</name> to <absolute-ordering>, or remove that"
                    + " element.";

    /** What a request is told where no start was seen at all. */
    public static final String NOT_STARTED =
            "Cardea is on the class path of this application but was not started: the jar belongs into WEB-INF/lib of the WAR,"
                    + " not into an EAR's lib folder. Until then every request is refused.";

    private static final String WATCHED = "dev.cardea.watched.";

    private Handover() {}

    /** Servlet context attribute by which the JAX-RS half says that it watches over the servlet of that name. */
    public static String watched(String servletName) {
        return WATCHED + servletName;
    }
}
