package dev.cardea.it.bypass;

import dev.cardea.testkit.contract.RawHttp;
import dev.cardea.testkit.contract.RawRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One request that means a shape.
 *
 * @param name what is unusual about it, the same on every server
 * @param request without credentials
 */
public record Attempt(Kind kind, String name, Shape shape, RawRequest request) {

    /** What is unusual. */
    public enum Kind {
        SPELLING,
        METHOD,
        DISGUISE
    }

    private static final List<String> METHODS = List.of(
            "HEAD",
            "OPTIONS",
            "TRACE",
            "POST",
            "PUT",
            "DELETE",
            "PATCH",
            "get",
            "Get",
            "FOO",
            "PROPFIND",
            "GET1",
            "CONNECT2");

    /**
     * All of them.
     *
     * @param server scheme, host and port
     * @param sufficientToken to be put where none is looked for
     */
    public static List<Attempt> all(URI server, String sufficientToken) {
        RawHttp http = RawHttp.to(server);
        Map<String, Attempt> all = new LinkedHashMap<>();
        for (Shape shape : Shape.values()) {
            List<Attempt> attempts = new ArrayList<>(spelled(http, server, shape));
            attempts.addAll(methods(http, shape));
            attempts.addAll(disguised(http, server, shape, sufficientToken));
            attempts.forEach(attempt -> all.put(attempt.name(), attempt));
        }
        return List.copyOf(all.values());
    }

    /** Those of the thoroughly tried shapes whose path or method is unusual. */
    public static List<Attempt> atPaths(URI server) {
        return all(server, "").stream()
                .filter(attempt ->
                        attempt.kind() != Kind.DISGUISE && attempt.shape().isTriedThoroughly())
                .toList();
    }

    /** Whether a response to it has no body, in which a marker could stand. */
    public boolean hidesTheMarker() {
        return request.toString().startsWith("HEAD ");
    }

    private static List<Attempt> spelled(RawHttp http, URI server, Shape shape) {
        List<Attempt> attempts = new ArrayList<>();
        Spellings.of(shape)
                .forEach((name, path) -> attempts.add(of(Kind.SPELLING, "GET " + name, shape, http.get(path))));
        String path = Shape.CONTEXT + shape.path();
        for (String authority :
                List.of(server.getRawAuthority(), "evil.example", "a@" + server.getRawAuthority(), "")) {
            for (String scheme : List.of("http", "https", "HTTP", "ftp")) {
                String name = scheme + "://" + authority.replace(server.getRawAuthority(), "<server>");
                attempts.add(
                        of(Kind.SPELLING, "GET absolute " + name, shape, http.get(scheme + "://" + authority + path)));
            }
        }
        attempts.add(of(Kind.SPELLING, "GET of an authority", shape, http.get("//evil.example" + path)));
        attempts.add(of(Kind.SPELLING, "GET without first slash", shape, http.get(path.substring(1))));
        attempts.add(of(Kind.SPELLING, "GET behind a star", shape, http.get("*" + path)));
        return attempts;
    }

    private static List<Attempt> methods(RawHttp http, Shape shape) {
        List<Attempt> attempts = new ArrayList<>();
        Spellings.accepted(shape).forEach((name, path) -> {
            for (String method : METHODS) {
                attempts.add(of(Kind.METHOD, method + " " + name, shape, http.request(method, path)));
            }
        });
        return attempts;
    }

    private static List<Attempt> disguised(RawHttp http, URI server, Shape shape, String token) {
        List<Attempt> attempts = new ArrayList<>();
        String path = Shape.CONTEXT + shape.path();
        for (Disguise disguise : Disguise.all(server.getRawAuthority(), token)) {
            String name = disguise.name().replace(server.getRawAuthority(), "<server>");
            attempts.add(
                    of(Kind.DISGUISE, "GET " + name, shape, disguise.change().apply(http.get(path))));
            if (shape.answersAnyMethod() && shape.isTriedThoroughly()) {
                RawRequest post = http.request("POST", path).body("application/x-www-form-urlencoded", "_method=GET");
                attempts.add(of(
                        Kind.DISGUISE, "POST " + name, shape, disguise.change().apply(post)));
            }
        }
        for (String parameter : List.of("access_token", "token", "bearer_token", "Authorization", "_method")) {
            attempts.add(of(Kind.DISGUISE, "GET ?" + parameter, shape, http.get(path + "?" + parameter + "=" + token)));
        }
        return attempts;
    }

    private static Attempt of(Kind kind, String name, Shape shape, RawRequest request) {
        return new Attempt(kind, shape + " " + name, shape, request);
    }
}
