package dev.cardea.config;

import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * The one issuer whose JWTs are validated locally.
 *
 * @param issuer {@code cardea.issuer}: compared with {@code iss} as text, never normalised
 * @param types {@code cardea.jwt.types}: accepted {@code typ} values, lower case, without {@code application/};
 *     default by profile, {@code at+jwt} for {@code generic}
 * @param algorithms {@code cardea.jwt.algorithms}: JWS names; default by profile, all of RS, PS, ES 256 to 512 and
 *     Ed25519/EdDSA
 */
public record IssuerSettings(String issuer, Set<String> types, List<String> algorithms) {
    public IssuerSettings {
        types = Set.copyOf(types);
        algorithms = List.copyOf(algorithms);
    }

    /** The issuer as an address; {@link ConfigurationReader} made sure that it is one. */
    public URI uri() {
        return URI.create(issuer);
    }
}
