package dev.cardea.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * {@code cardea.issuer-profile}: in what a product's access tokens differ from RFC 9068. Each is data in a file of its own;
 * the settings that it presets can each be set.
 *
 * <p>{@code typ: at+jwt} is what keeps an ID token from being taken for an access token. A profile that accepts another
 * {@code typ}, or none, therefore names a <em>discriminator</em> that does the same ({@link Traits#discriminator}). No
 * setting removes it as long as such a {@code typ} is accepted. An introspection answer has no {@code typ} at all: where a
 * product calls more than access tokens active, {@link Traits#answers} tells them apart, and no setting removes that
 * either. A product that offers nothing to tell its JWTs apart by does not get its {@code typ} accepted.
 */
public enum Profile {
    GENERIC(Generic.TRAITS),
    SPRING(Spring.TRAITS),
    KEYCLOAK(Keycloak.TRAITS),
    ENTRA(Entra.TRAITS),
    AUTH0(Auth0.TRAITS),
    OKTA(Okta.TRAITS),
    COGNITO(Cognito.TRAITS),
    PING(Ping.TRAITS),
    ZITADEL(Zitadel.TRAITS),
    AUTHENTIK(Authentik.TRAITS);

    private final Traits traits;

    Profile(Traits traits) {
        this.traits = traits;
    }

    /** The profile that {@code cardea.issuer-profile} calls {@code name}. */
    public static Profile named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The words that name them in the configuration. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Profile::word).toList();
    }

    /** The word that names it in the configuration. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it knows of the product. */
    public Traits traits() {
        return traits;
    }

    /** Default of {@code cardea.jwt.types}. */
    public List<String> acceptedTypes() {
        List<String> accepted = new ArrayList<>(new TreeSet<>(traits.types()));
        if (traits.untyped()) {
            accepted.add("absent");
        }
        return accepted;
    }
}
