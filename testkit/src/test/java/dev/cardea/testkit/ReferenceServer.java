package dev.cardea.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The orders application behind a slow, obvious resource server, right but for its weaknesses. */
final class ReferenceServer implements AutoCloseable {

    private final Set<Weakness> weaknesses;
    private final ReferenceTokens tokens;
    private final ReferenceProofs proofs;
    private final LoopbackServer server;

    ReferenceServer(TestAuthorizationServer as, Weakness... weaknesses) {
        this.weaknesses = Set.of(weaknesses);
        this.tokens = new ReferenceTokens(as, this.weaknesses);
        this.proofs = new ReferenceProofs(this.weaknesses);
        try {
            server = new LoopbackServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), this::answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    @Override
    public void close() {
        server.close();
    }

    private Answer answer(ReceivedRequest request) {
        Answer answer = (isPreflight(request) ? Answer.of(204, "text/plain", "") : judge(request))
                .withHeader("X-Request-Id", name(request))
                .withHeader("Vary", "Origin");
        String origin = origin(request);
        return !origin.equals("https://app.example") && !weaknesses.contains(Weakness.LETS_EVERY_PAGE_READ)
                ? answer
                : answer.withHeader("Access-Control-Allow-Origin", origin)
                        .withHeader("Access-Control-Allow-Methods", "GET, POST")
                        .withHeader("Access-Control-Allow-Headers", "Authorization, DPoP, x-shop")
                        .withHeader("Access-Control-Expose-Headers", "WWW-Authenticate, DPoP-Nonce");
    }

    private boolean isPreflight(ReceivedRequest request) {
        boolean fromAllowed = origin(request).equals("https://app.example");
        boolean real = request.headers().containsKey("access-control-request-method")
                && !request.headers().containsKey("authorization");
        return request.method().equals("OPTIONS")
                && fromAllowed
                && (real || weaknesses.contains(Weakness.TAKES_OPTIONS_FOR_A_PREFLIGHT));
    }

    private static String origin(ReceivedRequest request) {
        return String.join(",", request.headers().getOrDefault("origin", List.of()));
    }

    private static String name(ReceivedRequest request) {
        String own = String.join(",", request.headers().getOrDefault("x-request-id", List.of()));
        String trace = String.join(",", request.headers().getOrDefault("traceparent", List.of()));
        return own.matches("[A-Za-z0-9._-]{1,64}") ? own : trace.matches("00-.{52}") ? trace.substring(3, 35) : "1234";
    }

    private Answer judge(ReceivedRequest request) {
        if (weaknesses.contains(Weakness.GRANTS_EVERYTHING)) {
            return Answer.json("{}");
        }
        try {
            return route(request);
        } catch (ReferenceTokens.Refused refused) {
            return answer(refused, isDpop(request));
        } catch (IOException e) {
            return weaknesses.contains(Weakness.BLAMES_OUTAGES_ON_CLIENTS)
                    ? answer(ReferenceTokens.invalid(), isDpop(request))
                    : Answer.of(503, "text/plain", "").withHeader("Retry-After", "1");
        }
    }

    private Answer route(ReceivedRequest request) throws ReferenceTokens.Refused, IOException {
        String path = String.valueOf(request.path());
        boolean open = path.equals("/public/info") || path.equals("/api/open");
        List<String> required =
                switch (path) {
                    case "/api/orders" -> List.of(request.method().equals("POST") ? "orders:write" : "orders:read");
                    case "/plain/servlet" -> List.of("orders:read");
                    case "/api/both" -> List.of("orders:read", "orders:write");
                    case "/api/whoami", "/public/info", "/api/open" -> List.of();
                    default -> throw new ReferenceTokens.Refused(404, null, null, null);
                };
        if (!Set.of("GET", "HEAD", "POST", "OPTIONS").contains(request.method())) {
            return Answer.of(405, "text/plain", "");
        }
        if (open && weaknesses.contains(Weakness.OPEN_MEANS_UNCHECKED)
                || request.method().equals("HEAD") && weaknesses.contains(Weakness.LEAVES_HEAD_OPEN)) {
            return Answer.json("{}");
        }
        boolean plain =
                request.headers().getOrDefault("x-forwarded-proto", List.of()).contains("http")
                        && !weaknesses.contains(Weakness.TAKES_TOKENS_IN_THE_CLEAR);
        String token = credentials(request);
        if (plain && !(token == null && open)) {
            throw new ReferenceTokens.Refused(403, null, null, null);
        }
        if (token == null) {
            if (open) {
                return Answer.json("{}");
            }
            throw new ReferenceTokens.Refused(401, null, null, null);
        }
        Map<String, Object> caller = tokens.resolve(token);
        proofs.confirm(request, isDpop(request), caller, token);
        List<String> scopes = ReferenceTokens.scopes(caller);
        if (!allowed(scopes, required)) {
            throw new ReferenceTokens.Refused(403, "insufficient_scope", "not enough", String.join(" ", required));
        }
        return Answer.json(Json.write(Map.of(
                "sub",
                caller.get("sub"),
                "client",
                caller.get("client_id"),
                "scopes",
                scopes,
                "roles",
                List.of(),
                "issuer",
                caller.get("iss"))));
    }

    private boolean allowed(List<String> scopes, List<String> required) {
        return weaknesses.contains(Weakness.COMPARES_SCOPES_AS_SUBSTRINGS)
                ? required.stream().allMatch(String.join(" ", scopes)::contains)
                : scopes.containsAll(required);
    }

    private @Nullable String credentials(ReceivedRequest request) throws ReferenceTokens.Refused {
        List<String> values = request.headers().getOrDefault("authorization", List.of());
        String query = request.query();
        if (values.isEmpty() && query != null && weaknesses.contains(Weakness.READS_THE_QUERY)) {
            return query.substring(query.indexOf('=') + 1);
        }
        if (values.size() > 1 && !weaknesses.contains(Weakness.FIRST_HEADER_WINS)) {
            throw malformed();
        }
        String value = values.isEmpty() ? "" : values.get(0);
        Matcher scheme = Pattern.compile("(?is)(bearer|dpop)([^a-z0-9].*)?").matcher(value);
        if (!scheme.matches()) {
            return null;
        }
        String rest = scheme.group(2) == null ? "" : scheme.group(2);
        if (!rest.matches(" +[A-Za-z0-9._~+/-]+=*")) {
            throw malformed();
        }
        return rest.stripLeading();
    }

    private static boolean isDpop(ReceivedRequest request) {
        return String.join(",", request.headers().getOrDefault("authorization", List.of()))
                .matches("(?is)dpop([^a-z0-9].*)?");
    }

    private static ReferenceTokens.Refused malformed() {
        return new ReferenceTokens.Refused(400, "invalid_request", "malformed", null);
    }

    private Answer answer(ReferenceTokens.Refused refused, boolean dpop) {
        Answer answer = Answer.of(refused.status, "text/plain", "");
        if (refused.status == 404) {
            return answer;
        }
        String realm = weaknesses.contains(Weakness.CHALLENGES_WITHOUT_REALM) ? "charset=\"x\"" : "realm=\"orders\"";
        String error = refused.error == null
                ? ""
                : ", error=\"" + refused.error + "\", error_description=\"" + refused.why + "\"";
        String scope = refused.status == 403 && refused.more != null ? ", scope=\"" + refused.more + "\"" : "";
        // Two lines in one: an answer has one value for each name.
        String both = "Bearer " + realm + (dpop ? "" : error + scope) + "\r\nWWW-Authenticate: DPoP " + realm
                + ", algs=\"" + ReferenceProofs.ALGORITHMS + "\"" + (dpop ? error + scope : "");
        Answer told = answer.withHeader("WWW-Authenticate", both);
        if ("use_dpop_nonce".equals(refused.error) && refused.more != null) {
            told = told.withHeader("DPoP-Nonce", refused.more);
        }
        boolean kept = weaknesses.contains(Weakness.LETS_CACHES_KEEP_REFUSALS);
        return kept ? told : told.withHeader("Cache-Control", "no-store");
    }
}
