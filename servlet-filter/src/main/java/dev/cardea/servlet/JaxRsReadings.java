package dev.cardea.servlet;

import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Every way in which the path below a JAX-RS servlet may be read: as sent, decoded once, without path parameters, with
 * slashes collapsed, and as the container decoded it. An anonymous request goes on only if all of them are open.
 */
final class JaxRsReadings {
    private JaxRsReadings() {}

    /** The readings; a path that cannot be decoded reads as {@code "//undecodable"}, which no template matches. */
    static Set<String> of(HttpServletRequest request) {
        String raw = below(request, request.getRequestURI());
        Set<String> readings = new LinkedHashSet<>();
        add(readings, raw);
        String decoded = decode(raw);
        add(readings, decoded);
        HttpServletMapping mapping = request.getHttpServletMapping();
        String info = request.getPathInfo();
        if (mapping.getMappingMatch() == MappingMatch.PATH) {
            readings.add(info == null || info.isEmpty() ? "/" : info);
        }
        return readings;
    }

    private static void add(Set<String> readings, String path) {
        readings.add(path);
        readings.add(path.replaceAll(";[^/]*", ""));
        readings.add(path.replaceAll("/{2,}", "/"));
        readings.add(path.replaceAll(";[^/]*", "").replaceAll("/{2,}", "/"));
    }

    private static String below(HttpServletRequest request, String uri) {
        String prefix = request.getContextPath();
        if (request.getHttpServletMapping().getMappingMatch() == MappingMatch.PATH) {
            prefix += request.getServletPath();
        }
        String rest = uri.startsWith(prefix) ? uri.substring(prefix.length()) : "//" + uri;
        return rest.isEmpty() ? "/" : rest;
    }

    private static String decode(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "//undecodable";
        }
    }
}
