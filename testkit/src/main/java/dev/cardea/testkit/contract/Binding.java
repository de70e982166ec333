package dev.cardea.testkit.contract;

import dev.cardea.testkit.DpopKey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a token's {@code cnf} may say of the key, and what it may say instead. */
enum Binding {
    THUMBPRINT(true, key -> Map.of("jkt", key.thumbprint())),
    /** As Keycloak writes it. */
    THUMBPRINT_AND_ITS_TYPE(true, key -> Map.of("jkt", key.thumbprint(), "kc-jkt-type", "DPoP")),
    PADDED(false, key -> Map.of("jkt", key.thumbprint() + "=")),
    UPPER_CASE(false, key -> Map.of("jkt", key.thumbprint().toUpperCase(Locale.ROOT))),
    SHORTENED(false, key -> Map.of("jkt", key.thumbprint().substring(0, 42))),
    WITH_SPACE(false, key -> Map.of("jkt", key.thumbprint() + " ")),
    EMPTY(false, key -> Map.of("jkt", "")),
    NUMBER(false, key -> Map.of("jkt", 1)),
    ARRAY(false, key -> Map.of("jkt", List.of(key.thumbprint()))),
    NULL(false, key -> nullThumbprint()),
    ANOTHER_KEY(false, key -> Map.of("jkt", DpopKey.generate().thumbprint())),
    NOTHING(false, key -> Map.of()),
    UNKNOWN_ONLY(false, key -> Map.of("urn:x", key.thumbprint())),
    BY_VALUE_ONLY(false, key -> Map.of("jwk", key.jwk())),
    CERTIFICATE_TOO(
            false, key -> Map.of("jkt", key.thumbprint(), "x5t#S256", "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2")),
    STRING(false, DpopKey::thumbprint),
    IN_AN_ARRAY(false, key -> Arrays.asList(Map.of("jkt", key.thumbprint())));

    private final boolean good;
    private final Function<DpopKey, Object> cnf;

    Binding(boolean good, Function<DpopKey, Object> cnf) {
        this.good = good;
        this.cnf = cnf;
    }

    boolean isGood() {
        return good;
    }

    Object of(DpopKey key) {
        return cnf.apply(key);
    }

    private static Map<String, @Nullable Object> nullThumbprint() {
        Map<String, @Nullable Object> cnf = new LinkedHashMap<>();
        cnf.put("jkt", null);
        return cnf;
    }
}
