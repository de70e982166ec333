package dev.cardea.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each promise of SECURITY.md names the tests that hold it, in whichever module: here it is seen that they are there. */
class SecurityPromisesTest {

    /** Surefire runs a module's tests in the module's folder. */
    private static final Path ROOT = Path.of("..");

    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT|Contract))(?:#(\\w+))?`");

    @Test
    void eachPromiseNamesATestAndEachNamedTestExists() throws IOException {
        List<String> promises = promises(Files.readString(ROOT.resolve("SECURITY.md")));

        assertThat(promises).hasSizeGreaterThan(35);
        assertThat(missing(promises, sources())).isEmpty();
    }

    /** Or the test above could pass because it finds nothing missing anywhere. */
    @Test
    void aTestThatDoesNotExistIsMissed() throws IOException {
        List<String> promises = promises("""
                | promise | held by |
                |---|---|
                | one | `NobodyWroteThisTest` |
                | two | `SecurityPromisesTest#nobodyWroteThis` on both servers |
                | three | somebody |
                | four | `SecurityPromisesTest#aTestThatDoesNotExistIsMissed`, `SecurityPromisesTest` |

                | another | of three columns | held by |
                |---|---|---|
                | five | later | `NobodyWroteThisEitherTest` |

                | no promise | |
                |---|---|
                | six | |
                """);

        assertThat(missing(promises, sources()))
                .containsExactly(
                        "NobodyWroteThisTest",
                        "SecurityPromisesTest#nobodyWroteThis",
                        "a test for: | three | somebody |",
                        "NobodyWroteThisEitherTest");
    }

    /** The rows of every table whose last column names tests. */
    private static List<String> promises(String page) {
        List<String> promises = new ArrayList<>();
        boolean held = false;
        for (String line : page.lines().toList()) {
            boolean heading = line.endsWith("| held by |");
            held = heading || (held && line.startsWith("|"));
            if (held && !heading && !line.startsWith("|---")) {
                promises.add(line);
            }
        }
        return promises;
    }

    private static List<String> missing(List<String> promises, Map<String, String> sources) {
        List<String> missing = new ArrayList<>();
        for (String promise : promises) {
            Matcher named = NAMED.matcher(promise);
            boolean any = false;
            while (named.find()) {
                any = true;
                String source = sources.getOrDefault(named.group(1), "");
                String method = named.group(2);
                if (source.isEmpty() || (method != null && !source.contains("void " + method + "("))) {
                    missing.add(named.group(1) + (method == null ? "" : "#" + method));
                }
            }
            if (!any) {
                missing.add("a test for: " + promise);
            }
        }
        return missing;
    }

    /** The text of every test class of every module, and of the test kit's contracts, by simple name. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        for (String module : List.of("core", "servlet-filter", "jaxrs", "cdi-extension", "bundle", "testkit", "it")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    String name = file.getFileName().toString().replace(".java", "");
                    sources.merge(name, Files.readString(file), String::concat);
                }
            }
        }
        return sources;
    }
}
