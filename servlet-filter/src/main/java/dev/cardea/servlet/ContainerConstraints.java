package dev.cardea.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.ServletSecurity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds the application's own servlet security constraints (Servlet 6.0, 13.8). Containers evaluate them before any filter,
 * and so before Cardea: without a login mechanism of the container no request ever meets them.
 */
final class ContainerConstraints {
    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern CONSTRAINT = Pattern.compile("<(?:\\w+:)?security-constraint[\\s>]");

    private ContainerConstraints() {}

    /** Where constraints stand, in words with their cure; empty if there are none. */
    static List<String> in(ServletContext context) {
        List<String> places = new ArrayList<>();
        if (standsInWebXml(context)) {
            places.add("WEB-INF/web.xml has a <security-constraint>");
        }
        for (ServletRegistration registration :
                context.getServletRegistrations().values()) {
            Class<?> servlet = ApplicationClasses.find(registration.getClassName(), context.getClassLoader());
            if (servlet != null && servlet.isAnnotationPresent(ServletSecurity.class)) {
                places.add("the servlet " + servlet.getName() + " has @ServletSecurity");
            }
        }
        return places.stream()
                .map(place -> place + ": the server evaluates it before Cardea sees a request, and answers with its own"
                        + " login or an error. Remove it, and put @RequiresScope or @RolesAllowed on the endpoints")
                .toList();
    }

    private static boolean standsInWebXml(ServletContext context) {
        try (InputStream webXml = context.getResourceAsStream("/WEB-INF/web.xml")) {
            if (webXml == null) {
                return false;
            }
            String text = new String(webXml.readAllBytes(), StandardCharsets.UTF_8);
            return CONSTRAINT.matcher(COMMENT.matcher(text).replaceAll("")).find();
        } catch (IOException e) {
            throw new UncheckedIOException("WEB-INF/web.xml cannot be read", e);
        }
    }
}
