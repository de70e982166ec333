package dev.cardea.examples.authorizationserver;

import java.util.List;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * For tests only, which is why the server listens on the loopback address alone: {@code POST /test/rotate-keys} makes a new key
 * sign from now on. The old ones stay published, unless {@code ?drop=true} withdraws them.
 */
@RestController
class KeyRotation {

    static final String PATH = "/test/rotate-keys";

    private final SigningKeys keys;

    KeyRotation(SigningKeys keys) {
        this.keys = keys;
    }

    @PostMapping(PATH)
    Rotated rotate(@RequestParam(defaultValue = "false") boolean drop) {
        var published = keys.rotate(drop);
        return new Rotated(published.get(0), published);
    }

    /** The {@code kid} that signs from now on, and all that the JWK set lists. */
    record Rotated(String active, List<String> published) {}
}
