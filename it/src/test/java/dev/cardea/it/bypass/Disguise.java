package dev.cardea.it.bypass;

import dev.cardea.testkit.contract.RawRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What a request may say beside its method and its path in order to be taken for another one. */
record Disguise(String name, UnaryOperator<RawRequest> change) {

    /** Those that work on any request. */
    static List<Disguise> all(String host, String sufficientToken) {
        List<Disguise> all = new ArrayList<>();
        for (String field : List.of(
                "X-Original-URL",
                "X-Rewrite-URL",
                "X-Forwarded-Uri",
                "X-Forwarded-Path",
                "X-Original-URI",
                "X-Envoy-Original-Path")) {
            all.add(field(field, "/shapes/public/info"));
            all.add(field(field, "/public/info"));
        }
        for (String override : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "_method")) {
            for (String method : List.of("GET", "HEAD", "OPTIONS", "TRACE", "DELETE", "FOO")) {
                all.add(field(override, method));
            }
        }
        all.add(field("X-Forwarded-Prefix", "/public"));
        all.add(field("X-Forwarded-Host", "public.example"));
        all.add(field("X-Forwarded-Proto", "https"));
        all.add(field("X-Forwarded-For", "127.0.0.1"));
        all.add(field("Forwarded", "for=127.0.0.1;host=public.example;proto=https"));
        all.add(field("X-Forwarded-User", "admin"));
        all.add(field("X-Remote-User", "admin"));
        all.add(field("SSL_CLIENT_VERIFY", "SUCCESS"));
        // Neither makes this a preflight: it has another method.
        all.add(new Disguise("as a preflight", request -> request.header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "GET")));
        all.addAll(withTheTokenElsewhere(sufficientToken));
        all.addAll(hosts(host));
        return all;
    }

    /** A good token where none is looked for. */
    private static List<Disguise> withTheTokenElsewhere(String token) {
        List<Disguise> all = new ArrayList<>();
        for (String field : List.of(
                "Proxy-Authorization",
                "X-Authorization",
                "X-Forwarded-Authorization",
                "X-Original-Authorization",
                "Authorization2",
                "X-Forwarded-Access-Token",
                "X-Access-Token")) {
            all.add(new Disguise("the token in " + field, request -> request.header(field, "Bearer " + token)));
        }
        all.add(new Disguise(
                "the token in a cookie",
                request -> request.header("Cookie", "access_token=" + token + "; token=" + token)));
        return all;
    }

    private static List<Disguise> hosts(String host) {
        List<Disguise> all = new ArrayList<>();
        for (String other : List.of(
                host + "/x?",
                "api/x?",
                "a#b",
                "evil.example",
                "evil.example:80",
                "@" + host,
                "a@" + host,
                "[::1]",
                "localhost",
                host + ".",
                "%00",
                " ")) {
            all.add(new Disguise(
                    "Host: " + other, request -> request.without("Host").header("Host", other)));
        }
        all.add(new Disguise("no Host", request -> request.without("Host")));
        all.add(new Disguise("an empty Host", request -> request.without("Host").line("Host:")));
        all.add(new Disguise("two Hosts", request -> request.header("Host", "public.example")));
        return all;
    }

    private static Disguise field(String name, String value) {
        return new Disguise(name + ": " + value, request -> request.header(name, value));
    }
}
