package dev.cardea.config;

import dev.cardea.demand.Validation;
import dev.cardea.demand.WhenUnavailable;
import dev.cardea.reject.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@link Configuration} of a {@link ConfigurationSource}, or refuses with everything that is wrong with it.
 *
 * <p>Here stand the rules that concern several settings; {@link Key} has what one setting may say, {@link Values} holds it
 * to that, {@link JwtReader} and {@link IntrospectionReader} read those two concerns. For one thread.
 */
public final class ConfigurationReader {
    private final List<Problem> problems = new ArrayList<>();
    private final ConfigurationSource source;
    private final Values values;
    private final SettingFiles files;

    private ConfigurationReader(ConfigurationSource source) {
        this.source = source;
        this.values = new Values(source, problems);
        this.files = new SettingFiles(values);
    }

    /**
     * Reads everything, touching the file system for secrets and trust store, never the network.
     *
     * @throws InvalidConfigurationException with every problem, if there is one
     */
    public static Configuration read(ConfigurationSource source) {
        ConfigurationReader reader = new ConfigurationReader(source);
        Configuration configuration = reader.read();
        Vocabulary.judge(source, reader.problems);
        if (!reader.problems.isEmpty()) {
            throw new InvalidConfigurationException(
                    reader.problems.stream().distinct().toList());
        }
        return configuration;
    }

    /** What it returns is only worth something if no problem was found: a setting with a problem reads as its default. */
    private Configuration read() {
        IssuerReader main = new IssuerReader(values, files, IssuerScope.MAIN);
        HttpSettings http = main.http();
        IntrospectionReader introspectionReader = new IntrospectionReader(values, files, IssuerScope.MAIN);
        IntrospectionSettings introspection = introspectionReader.read();
        List<TrustedIssuer> issuers = issuers(main, http, introspection);
        IncomingSettings incoming = new IncomingReader(values).read();
        SenderReader sender = new SenderReader(values, files);
        Configuration configuration = new Configuration(
                issuers,
                audience(),
                token(main.opaquePrefix()),
                main.claims(),
                introspection,
                http,
                incoming,
                sender.dpop(),
                sender.certificates(!incoming.trustedProxies().isEmpty()),
                Objects.requireNonNullElse(values.text(Key.CRYPTO_PROVIDER), "auto"),
                AccessDefault.named(values.choice(Key.ACCESS_DEFAULT)),
                realm(),
                values.flag(Key.RESOURCE_PROBLEM_DETAILS),
                outage(),
                new RouteReader(source, values).read(),
                removedHeaders());
        requireAUseForTheCookie(configuration);
        requireAUseForDecryption(configuration);
        requireAWayToValidate(configuration.token().validation(), !issuers.isEmpty(), introspectionReader.isMeant());
        new ValidationProblems(values, configuration).report();
        new SenderProblems(values, configuration).report();
        return configuration;
    }

    /** The main issuer, if there is one, then the others by name. No two are the same: which one a token is of is its {@code iss}. */
    private List<TrustedIssuer> issuers(
            IssuerReader main, HttpSettings http, @Nullable IntrospectionSettings introspection) {
        List<TrustedIssuer> issuers = new ArrayList<>();
        TrustedIssuer first = main.read(http, introspection);
        if (first != null) {
            issuers.add(first);
        }
        for (String name : IssuerScope.NAMES.in(source)) {
            IssuerScope scope = IssuerScope.of(name);
            IssuerReader reader = new IssuerReader(values, files, scope);
            TrustedIssuer further = reader.read(reader.http(), new IntrospectionReader(values, files, scope).read());
            if (further == null) {
                continue;
            }
            refuseTwice(further, issuers);
            issuers.add(further);
        }
        return List.copyOf(issuers);
    }

    private void refuseTwice(TrustedIssuer further, List<TrustedIssuer> before) {
        for (TrustedIssuer other : before) {
            if (other.issuer().issuer().equals(further.issuer().issuer())) {
                values.report(
                        further.issuer().names().of("issuer"),
                        "is the same as " + other.issuer().names().of("issuer"),
                        "each issuer once, with every audience in that entry");
            }
        }
    }

    private Set<String> audience() {
        List<String> audience = values.list(Key.AUDIENCE);
        return audience == null ? Set.of() : Set.copyOf(audience);
    }

    private TokenSettings token(@Nullable String prefix) {
        return new TokenSettings(
                Validation.named(values.choice(Key.TOKEN_VALIDATION)),
                values.count(Key.TOKEN_MAX_LENGTH),
                prefix,
                cookie(),
                files.decryptionKeys(Key.JWT_DECRYPTION_KEY),
                new TokenSettings.VerifiedCache(
                        values.count(Key.JWT_CACHE_MAX_ENTRIES), values.duration(Key.JWT_CACHE_TTL)));
    }

    private @Nullable String cookie() {
        String name = values.text(Key.TOKEN_COOKIE);
        if (name != null && !name.matches("__Host-[A-Za-z0-9_.-]{1,64}")) {
            values.report(
                    Key.TOKEN_COOKIE,
                    "does not begin with __Host-, so another host of the domain, or plain http, could set the cookie",
                    "for instance __Host-access-token");
        }
        return name;
    }

    private void requireAUseForTheCookie(Configuration configuration) {
        boolean used = configuration.routes().stream().anyMatch(RouteSettings::tokenCookie);
        if (used && configuration.token().cookie() == null) {
            values.report(
                    Key.TOKEN_COOKIE, "is not set, but a path rule has token-cookie=true", "the name of the cookie");
        } else if (!used && configuration.token().cookie() != null) {
            values.report(
                    Key.TOKEN_COOKIE,
                    "is set, but no path rule takes the token from it",
                    "nothing, or token-cookie=true in the rules of the paths that browsers call");
        }
    }

    /** What an introspection endpoint is asked about is the token as it came; what it answers may be encrypted. */
    private void requireAUseForDecryption(Configuration configuration) {
        boolean asks = configuration.token().validation() == Validation.INTROSPECT
                || configuration.issuers().isEmpty();
        if (values.isSet(Key.JWT_DECRYPTION_KEY) && asks && !takesSignedAnswers(configuration)) {
            values.report(
                    Key.JWT_DECRYPTION_KEY,
                    "is set, but no JWT is validated locally",
                    "nothing, or set cardea.issuer and cardea.token.validation to auto or local");
        }
    }

    private static boolean takesSignedAnswers(Configuration configuration) {
        return configuration.issuers().stream()
                .map(TrustedIssuer::introspection)
                .anyMatch(introspection -> introspection != null && introspection.signedResponse());
    }

    private OutageSettings outage() {
        String word = values.optionalChoice(Key.WHEN_UNAVAILABLE);
        return new OutageSettings(
                word == null ? null : WhenUnavailable.named(word), values.optionalDuration(Key.STALE_FOR));
    }

    private Set<String> removedHeaders() {
        List<String> names = values.list(Key.REQUEST_REMOVED_HEADERS);
        if (names == null) {
            return Set.of();
        }
        for (String name : names) {
            if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}")) {
                values.report(Key.REQUEST_REMOVED_HEADERS, Quoted.of(name) + " is not a header's name", "header names");
            }
        }
        return Set.copyOf(names);
    }

    private void requireAWayToValidate(Validation validation, boolean anyIssuer, boolean introspection) {
        boolean issuer = anyIssuer
                || values.isSet(Key.ISSUER)
                || !IssuerScope.NAMES.in(source).isEmpty();
        if (audience().isEmpty() && !values.isSet(Key.ISSUER)) {
            if (issuer && introspection) {
                NoAudience.reportForIntrospection(values);
            } else if (!issuer) {
                NoAudience.report(values, IssuerScope.MAIN);
            }
        }
        if (!issuer && !introspection) {
            values.report(
                    Key.ISSUER,
                    "is not set, nor is cardea.introspection.url: no token could be validated",
                    "the issuer's URL, or cardea.introspection.url with client-id and client-secret");
        } else if (validation == Validation.LOCAL && !issuer) {
            values.report(Key.TOKEN_VALIDATION, "is local, but cardea.issuer is not set", "auto, or set cardea.issuer");
        } else if (validation.introspectsJwts() && !introspection) {
            values.report(
                    Key.TOKEN_VALIDATION,
                    "is " + validation.word() + ", but cardea.introspection.client-id is not set",
                    "auto, or set cardea.introspection.client-id and client-secret");
        }
    }

    private String realm() {
        @Nullable String realm = values.text(Key.RESOURCE_REALM);
        if (realm == null || !realm.matches("[ !#-\\[\\]-~]{1,128}")) {
            values.report(
                    Key.RESOURCE_REALM,
                    "is not 1 to 128 characters of printable ASCII without \" and \\",
                    "for instance orders");
            return "";
        }
        return realm;
    }
}
