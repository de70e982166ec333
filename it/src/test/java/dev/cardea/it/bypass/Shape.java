package dev.cardea.it.bypass;

import java.util.List;
import java.util.Set;

/** The protected endpoints of the shapes WAR. Each requires {@code orders:read} and says its marker only when reached. */
public enum Shape {
    INHERITED("/api/shapes/inherited"),
    INTERFACE("/api/shapes/interface"),
    GENERIC("/api/shapes/generic"),
    OVERRIDDEN("/api/shapes/overridden"),
    CLASS_LEVEL("/api/shapes/class-level"),
    SUBRESOURCE("/api/shapes/subresource/item"),
    ASYNC("/api/shapes/async"),
    STAGE("/api/shapes/stage"),
    CDI("/api/shapes/cdi"),
    REWRITTEN("/api/shapes/rewritten"),
    REWRITTEN_OPEN("/api/shapes/rewritten-open", "rewritten"),
    DEFAULT_METHOD("/api/shapes/default-method"),
    BRIDGE("/api/shapes/bridge"),
    EJB("/api/shapes/ejb"),
    SERVLET("/plain/servlet"),
    ANNOTATED("/plain/annotated"),
    MAPPED("/plain/mapped/below", "plain/mapped"),
    FORWARD("/plain/forward"),
    INCLUDE("/plain/include"),
    ERROR("/plain/error"),
    PLAIN_ASYNC("/plain/async"),
    ASYNC_DISPATCH("/plain/async-dispatch");

    /** Where the deployment is. */
    public static final String CONTEXT = "/shapes";

    private static final Set<Shape> ANY_METHOD =
            Set.of(CLASS_LEVEL, SERVLET, ANNOTATED, MAPPED, FORWARD, INCLUDE, ERROR, PLAIN_ASYNC, ASYNC_DISPATCH);
    private static final Set<Shape> THOROUGHLY =
            Set.of(INTERFACE, CLASS_LEVEL, SUBRESOURCE, REWRITTEN_OPEN, SERVLET, MAPPED, FORWARD, INCLUDE);

    private final String path;
    private final String name;

    Shape(String path) {
        this(path, path.startsWith("/plain/") ? path.substring(1) : path.substring("/api/shapes/".length()));
    }

    Shape(String path, String name) {
        this.path = path;
        this.name = name;
    }

    /** Below the context path. */
    public String path() {
        return path;
    }

    /** What the report of the WAR calls it. */
    public String reported() {
        return name;
    }

    public String marker() {
        return "reached:" + name;
    }

    /** Whether it is asked for in every way: one of each kind, as thousands of requests take their time. */
    boolean isTriedThoroughly() {
        return THOROUGHLY.contains(this);
    }

    boolean answersAnyMethod() {
        return ANY_METHOD.contains(this);
    }

    /** The path with its context path, without empty first segment. */
    List<String> segments() {
        return List.of((CONTEXT + path).substring(1).split("/", -1));
    }
}
