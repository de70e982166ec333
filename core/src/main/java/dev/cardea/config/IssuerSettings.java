package dev.cardea.config;

import dev.cardea.profile.Profile;
import dev.cardea.reject.SettingNames;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An issuer, and what its JWTs look like.
 *
 * @param name of {@code cardea.issuers.<name>}, or null for {@code cardea.issuer}
 * @param issuer {@code cardea.issuer}: compared with {@code iss} as text, never normalised
 * @param profile {@code cardea.issuer-profile}: where the defaults came from; default {@link Profile#GENERIC}
 * @param types {@code cardea.jwt.types}: accepted {@code typ} values, lower case, without {@code application/};
 *     default by profile, {@code at+jwt} for {@code generic}
 * @param untyped whether a JWT without {@code typ} is accepted: {@code absent} among {@code cardea.jwt.types}
 * @param algorithms {@code cardea.jwt.algorithms}: JWS names; default all of RS, PS, ES 256 to 512 and Ed25519/EdDSA
 */
public record IssuerSettings(
        @Nullable String name,
        String issuer,
        Profile profile,
        Set<String> types,
        boolean untyped,
        List<String> algorithms) {
    public IssuerSettings {
        types = Set.copyOf(types);
        algorithms = List.copyOf(algorithms);
    }

    /** An issuer that follows RFC 9068: each of its tokens has a {@code typ}. */
    public IssuerSettings(String issuer, Set<String> types, List<String> algorithms) {
        this(null, issuer, Profile.GENERIC, types, false, algorithms);
    }

    /** What its settings are called. */
    public SettingNames names() {
        return SettingNames.ofIssuer(name);
    }

    /** The issuer as an address; {@link ConfigurationReader} made sure that it is one. */
    public URI uri() {
        return URI.create(issuer);
    }

    /** Whether something else than {@code typ: at+jwt} is accepted, so that a discriminator has to do its work. */
    public boolean acceptsOtherTypes() {
        return untyped || !types.equals(Set.of("at+jwt"));
    }
}
