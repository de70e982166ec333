package dev.cardea.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.it.environment.Answers;
import dev.cardea.it.environment.Server;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same request gives the same status and the same challenge on both servers. Runs when both have answered. The exceptions
 * are what a server makes of a request before Cardea sees it; {@code docs/reference/answers.md} lists them.
 */
class SameAnswersIT {

    /** Fields that Open Liberty adds to a refusal: the first to each, the others to one that is sent in place of an error page. */
    private static final String ONLY_LIBERTY_SAYS =
            "; (Content-Language: [^;]*|\\$WSEP: |Content-Type: text/html;charset=ISO-8859-1)";

    private static final String ANYTHING = ".*";

    /** What differs: which requests, and for each server the statuses without token, with too little, with enough. */
    private static final List<Difference> DIFFERENCES = List.of(
            // A path that only one of them takes for one.
            difference("GET .*(%00|%09|%0a|%0d|%20|%23|%2e|%2F|%2f|%3B|%5C).*", ANYTHING, "400 400 400"),
            difference("GET .*(%252F|%c0%af|%ef%bc%8f) before segment 0", "404 404 404", "400 400 400"),
            difference("GET .*/(\\.\\.)?;.*", ANYTHING, "400 400 400"),
            difference("GET .*(\\\\|<tab>) before segment [01]", "400 400 400", "404 404 404"),
            difference("GET encoded as %u at segment 0", "400 400 400", "500 500 500"),
            difference("GET (without first slash|behind a star)", "404 404 404", "400 400 400"),
            // What stands before the context path or within it.
            difference("GET .* (before|behind) segment 0", ANYTHING, "404 404 404"),
            difference("\\w+ .*(parameter|with parameters).*", ANYTHING, "404 404 404"),
            // Open Liberty decodes what is behind the last segment and then cuts it off.
            difference("GET (%3B|%3Bx=y|%20) behind segment \\d", "401 404 404", "(401 403 200|200 200 200)"),
            difference("GET ;jsessionid=4711 behind segment \\d", "(401|200) .*", "(401 404 404|200 200 200)"),
            // Which host is meant: WildFly says 400 itself, on Open Liberty Cardea says it with a challenge.
            difference("\\w+ (Host: .*|two Hosts)", "400 400 400", "400 400 400"),
            difference("\\w+ no Host", "400 400 400", "401 403 200"),
            difference("GET absolute \\w+://evil\\.example", "400 400 400", "(401 403 200|200 200 200)"),
            // Methods. Open Liberty takes any case for GET.
            difference("TRACE .*", "405 405 405", ANYTHING),
            difference("[Gg]et .*", "(401|200) .*", "(401|200) .*"),
            // What is no endpoint: the server's own servlet answers whoever may ask.
            difference("\\w+ / at the end", "401 (200 200|405 405|501 501)", "401 404 404"));

    private final Map<String, Answers.Told> wildFly = Answers.of(Server.WILDFLY);
    private final Map<String, Answers.Told> liberty = Answers.of(Server.LIBERTY);

    private record Difference(Pattern requests, Pattern wildFly, Pattern liberty) {

        boolean allows(String request, List<String> onWildFly, List<String> onLiberty) {
            return requests.matcher(request.substring(request.indexOf(' ') + 1)).matches()
                    && wildFly.matcher(statuses(onWildFly)).matches()
                    && liberty.matcher(statuses(onLiberty)).matches();
        }

        private static String statuses(List<String> told) {
            return told.stream().map(text -> text.substring(0, 3)).collect(Collectors.joining(" "));
        }
    }

    @Test
    void bothServersWereAskedTheSame() {
        assertThat(liberty.keySet()).isEqualTo(wildFly.keySet()).hasSizeGreaterThan(2_000);
    }

    @Test
    @Tag("N22")
    void whereBothReachTheResourceTheirAnswersAreTheSame() {
        List<String> reached = wildFly.keySet().stream()
                .filter(request -> told(wildFly, request).reached()
                        && told(liberty, request).reached())
                .toList();

        assertThat(reached).hasSizeGreaterThan(2_000);
        assertThat(reached.stream().filter(this::differs).filter(request -> !request.matches("\\w+ [Gg]et .*")))
                .isEmpty();
    }

    @Test
    void elsewhereTheyDifferOnlyAsListed() {
        assertThat(differing().filter(request -> DIFFERENCES.stream().noneMatch(each -> allows(each, request))))
                .isEmpty();
    }

    /** Or the list would go on naming what is the same by now. */
    @Test
    void eachListedDifferenceIsThere() {
        assertThat(DIFFERENCES).allSatisfy(each -> assertThat(differing()).anyMatch(request -> allows(each, request)));
    }

    private Stream<String> differing() {
        return wildFly.keySet().stream().filter(this::differs);
    }

    private boolean differs(String request) {
        return !told(wildFly, request).told().equals(withoutItsOwnFields(request));
    }

    private List<String> withoutItsOwnFields(String request) {
        return told(liberty, request).told().stream()
                .map(told -> told.replaceAll(ONLY_LIBERTY_SAYS, ""))
                .toList();
    }

    private boolean allows(Difference difference, String request) {
        return difference.allows(
                request, told(wildFly, request).told(), told(liberty, request).told());
    }

    private static Answers.Told told(Map<String, Answers.Told> answers, String request) {
        Answers.Told told = answers.get(request);
        if (told == null) {
            throw new AssertionError("only one server was asked: " + request);
        }
        return told;
    }

    private static Difference difference(String requests, String wildFly, String liberty) {
        return new Difference(Pattern.compile(requests), Pattern.compile(wildFly), Pattern.compile(liberty));
    }
}
