package dev.cardea.deployment;

import dev.cardea.AccessPolicy;
import dev.cardea.RequiresScope;
import dev.cardea.RequiresSenderConstrainedToken;
import dev.cardea.declaration.Declarations;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Security annotations that cannot work where they stand. Whoever wrote one believes that something is protected, so the
 * deployment has to fail.
 *
 * <p>Judges {@link RequiresScope} and {@link RequiresSenderConstrainedToken} everywhere, and of the standard annotations those on a sub-resource locator and on beans
 * that Cardea guards; elsewhere they may be meant for another container. Does not find what nobody hands in: containers deliver annotated types only,
 * and CDI bean classes only. So the adapters ask one after the other, each with what it sees.
 */
public final class AnnotationProblems {
    private static final String SECURITY = "jakarta.annotation.security.";
    private static final Set<String> STANDARD =
            Set.of(SECURITY + "PermitAll", SECURITY + "DenyAll", SECURITY + "RolesAllowed");

    private final Collection<Class<?>> known;
    private final Collection<Class<?>> beans;
    private final Set<String> problems = new TreeSet<>();

    private AnnotationProblems(Collection<Class<?>> known, Collection<Class<?>> beans) {
        this.known = known;
        this.beans = beans;
    }

    /**
     * The problems of some classes, each a sentence that names class and method and says what to write instead.
     *
     * @param types the classes of one deployment that the caller knows. Their supertypes are judged too, by those that
     *     inherit from them
     * @param beans the bean classes among them in front of which Cardea's interceptor stands; empty without CDI
     * @return sorted and distinct; empty if there is nothing to complain about
     */
    public static List<String> in(Collection<Class<?>> types, Collection<Class<?>> beans) {
        Set<Class<?>> known = new LinkedHashSet<>();
        types.stream()
                .filter(AnnotationProblems::isReadable)
                .map(Declarations::of)
                .forEach(known::addAll);
        AnnotationProblems search = new AnnotationProblems(known, beans);
        search.known.forEach(search::judge);
        return List.copyOf(search.problems);
    }

    /** Applications carry classes for libraries that are not there. Nothing of such a class runs. */
    private static boolean isReadable(Class<?> type) {
        try {
            return Declarations.of(type).stream().map(Class::getDeclaredMethods).noneMatch(Objects::isNull);
        } catch (LinkageError e) {
            return false;
        }
    }

    private void judge(Class<?> type) {
        judgeUnambiguous(type, type.getName());
        Set<String> own = OwnAnnotations.on(type);
        if (!own.isEmpty()) {
            checkValue(() -> AccessPolicy.declaredOn(type));
            own.forEach(annotation -> judgeClassLevel(type, annotation));
        }
        for (String annotation : declared(type)) {
            judgeClassOfBeans(type, annotation);
        }
        for (Method method : type.getDeclaredMethods()) {
            // javac copies annotations to bridge methods.
            if (!method.isSynthetic()) {
                judgeUnambiguous(method, name(method));
                judge(type, method);
            }
        }
    }

    private void judge(Class<?> type, Method method) {
        Set<String> own = OwnAnnotations.on(method);
        if (!own.isEmpty()) {
            checkValue(() -> AccessPolicy.declaredOn(type, method));
            own.forEach(annotation -> judgeMethodLevel(type, method, annotation));
        } else {
            judgeStandardAnnotations(type, method);
        }
        for (String annotation : declared(method)) {
            judgeMethodOfBeans(type, method, annotation);
        }
    }

    /** Jakarta Annotations 3.0, 2.10 to 2.12: at most one of the three; and who reads "all" beside "these" knows neither. */
    private void judgeUnambiguous(AnnotatedElement element, String where) {
        Set<String> declared = declared(element);
        if (!declared.contains("@PermitAll")) {
            declared.removeIf(OwnAnnotations::isName);
        }
        if (declared.size() > 1) {
            problems.add(String.join(" and ", declared) + " on " + where
                    + " contradict each other: keep the one that is meant");
        }
    }

    /** The security annotations of an element, as they are written. */
    private static Set<String> declared(AnnotatedElement element) {
        Set<String> declared = new TreeSet<>();
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            if (STANDARD.contains(annotation.annotationType().getName())) {
                declared.add("@" + annotation.annotationType().getSimpleName());
            }
        }
        declared.addAll(OwnAnnotations.on(element));
        return declared;
    }

    private void judgeClassOfBeans(Class<?> type, String annotation) {
        String where = annotation + " on " + type.getName();
        for (Class<?> bean : beansMeantBy(type, annotation)) {
            judgeNotFinal(bean, where);
            Interceptable.finalMethodOf(bean)
                    .ifPresent(method -> problems.add(where + " cannot work for " + name(method)
                            + ": a final method of a bean cannot be intercepted; make it not final"));
        }
    }

    private void judgeMethodOfBeans(Class<?> type, Method method, String annotation) {
        String where = annotation + " on " + name(method);
        for (Class<?> bean : beansMeantBy(type, annotation)) {
            judgeNotFinal(bean, where);
            Interceptable.obstacle(method).ifPresent(why -> problems.add(where + " cannot work: " + why));
        }
    }

    private void judgeNotFinal(Class<?> bean, String where) {
        if (Modifier.isFinal(bean.getModifiers())) {
            problems.add(where + " cannot work: " + bean.getName()
                    + " is a final class, which cannot be intercepted; make it not final");
        }
    }

    /** Standard annotations of an enterprise bean are its container's. */
    private List<Class<?>> beansMeantBy(Class<?> type, String annotation) {
        return views(type).stream()
                .filter(view -> EndpointKind.of(view, beans) == EndpointKind.BEAN)
                .filter(view -> OwnAnnotations.isName(annotation) || !EndpointKind.isEnterpriseBean(view))
                .toList();
    }

    private void checkValue(Runnable reading) {
        try {
            reading.run();
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }

    private void judgeClassLevel(Class<?> type, String annotation) {
        String where = annotation + " on " + type.getName();
        if (type.isAnnotation()) {
            problems.add(where + " cannot work: it is not looked for on annotations; write it on the resource class or"
                    + " servlet itself");
        } else if (isNoEndpoint(type)) {
            problems.add(where + noEndpoint());
        }
    }

    private void judgeMethodLevel(Class<?> type, Method method, String annotation) {
        String where = annotation + " on " + name(method);
        if (isNoEndpoint(type)) {
            problems.add(where + noEndpoint());
        } else if (kinds(type).contains(EndpointKind.BEAN)) {
            return; // judgeMethodOfBeans
        } else if (kinds(type).contains(EndpointKind.SERVLET)) {
            problems.add(
                    where + " cannot work: a servlet is protected as a whole; write it on the class " + type.getName());
        } else if (kinds(type).contains(EndpointKind.WEBSOCKET)) {
            problems.add(
                    where + " cannot work: a WebSocket endpoint is protected as a whole, when it is opened; write it on"
                            + " the class " + type.getName());
        } else if (!Modifier.isPublic(method.getModifiers()) || Modifier.isStatic(method.getModifiers())) {
            problems.add(where + " cannot work: the method is not a public instance method, so no request is mapped to"
                    + " it; make it one, or remove the annotation");
        } else if (kinds(type).contains(EndpointKind.RESOURCE)) {
            judgeResourceMethod(type, method, where);
        }
    }

    private void judgeResourceMethod(Class<?> type, Method method, String where) {
        List<Class<?>> views = views(type);
        if (views.stream().anyMatch(view -> EndpointKind.isResourceMethod(view, method))) {
            return;
        }
        if (views.stream().anyMatch(view -> EndpointKind.isLocator(view, method))) {
            problems.add(where + locator());
        } else if (!isOpenToSubtypes(type)) {
            problems.add(where + " cannot work: the method has no HTTP method annotation (@GET, @POST, ...), so no"
                    + " request is mapped to it; move the annotation to the method that has one");
        }
    }

    /** {@code @PermitAll} says something on a locator: the anonymous caller may get there. */
    private void judgeStandardAnnotations(Class<?> type, Method method) {
        for (Annotation annotation : method.getDeclaredAnnotations()) {
            String name = annotation.annotationType().getName();
            if ((name.equals(SECURITY + "RolesAllowed") || name.equals(SECURITY + "DenyAll"))
                    && views(type).stream()
                            .anyMatch(view ->
                                    EndpointKind.isLocator(view, method) && !EndpointKind.isEnterpriseBean(view))) {
                problems.add("@" + annotation.annotationType().getSimpleName() + " on " + name(method) + locator());
            }
        }
    }

    /**
     * Whether nothing that is known makes an endpoint of {@code type}. An interface or abstract class is judged only by
     * what implements it, since a container need not show us that.
     */
    private boolean isNoEndpoint(Class<?> type) {
        List<Class<?>> instantiable =
                views(type).stream().filter(view -> !isOpenToSubtypes(view)).toList();
        return !instantiable.isEmpty() && kinds(type).equals(Set.of(EndpointKind.NONE));
    }

    private Set<EndpointKind> kinds(Class<?> type) {
        Set<EndpointKind> kinds = new LinkedHashSet<>();
        views(type).forEach(view -> kinds.add(EndpointKind.of(view, beans)));
        return kinds;
    }

    /** The class and the known classes that inherit what it declares. */
    private List<Class<?>> views(Class<?> type) {
        List<Class<?>> views = new ArrayList<>(List.of(type));
        for (Class<?> each : known) {
            if (each != type && type.isAssignableFrom(each)) {
                views.add(each);
            }
        }
        return views;
    }

    private static boolean isOpenToSubtypes(Class<?> type) {
        return type.isInterface() || Modifier.isAbstract(type.getModifiers());
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }

    private static String noEndpoint() {
        return " cannot work: the class is neither a JAX-RS resource nor a servlet, a WebSocket endpoint or a bean that CDI"
                + " intercepts, so nobody would ask; write it on one of these (a base class may be abstract), or make the"
                + " class a bean by a scope annotation";
    }

    private static String locator() {
        return " cannot work: a sub-resource locator runs before JAX-RS knows what the request asks for; write it on the"
                + " class that the locator returns, or on its methods";
    }
}
