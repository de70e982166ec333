package dev.cardea.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.AccessPolicy;
import dev.cardea.route.PathPattern;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("N22")
class EndpointTest {
    @Test
    void aServletIsWhereItIsMapped() {
        Endpoint byPath = endpoint(List.of(PathPattern.of("/app/secret/*")));
        assertThat(byPath.isMappedTo("/app/secret/x")).isTrue();
        assertThat(byPath.isMappedTo("/app/open/x")).isFalse();
        assertThat(byPath.paths()).containsExactly("/app/secret");
    }

    @Test
    void aServletThatIsMappedByExtensionIsWhereverAPathEndsSo() {
        Endpoint byExtension = endpoint(List.of(), "/app/*.do");
        assertThat(byExtension.isMappedTo("/app/any/x.do")).isTrue();
        assertThat(byExtension.isMappedTo("/app/any/x.doc")).isFalse();
        assertThat(byExtension.paths()).containsExactly("/app/*.do");
    }

    @Test
    void theServletOfTheRootIsEverywhere() {
        Endpoint root = endpoint(List.of(), "/app/");
        assertThat(root.isMappedTo("/app/page.html")).isTrue();
        assertThat(root.paths()).containsExactly("/app/");
    }

    private static Endpoint endpoint(List<PathPattern> mappings, String... places) {
        return new Endpoint(
                "some", Endpoint.Kind.SERVLET, null, AccessPolicy.authenticated(), mappings, List.of(places));
    }
}
