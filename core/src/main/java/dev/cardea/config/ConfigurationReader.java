package dev.cardea.config;

import dev.cardea.reject.Quoted;
import java.util.ArrayList;
import java.util.List;
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
        List<TrustedIssuer> issuers = issuers(main, http);
        Configuration configuration = new Configuration(
                issuers,
                audience(),
                token(),
                main.claims(),
                new IntrospectionReader(values, files).read(),
                http,
                new IncomingReader(values).read(),
                AccessDefault.named(values.choice(Key.ACCESS_DEFAULT)),
                realm(),
                values.flag(Key.RESOURCE_PROBLEM_DETAILS),
                new RouteReader(source, values).read(),
                removedHeaders());
        requireAUseForTheCookie(configuration);
        requireAUseForDecryption(configuration.token().validation(), !issuers.isEmpty());
        requireAWayToValidate(configuration.token().validation(), !issuers.isEmpty());
        requireAUseForFurtherIssuers(configuration.token().validation());
        return configuration;
    }

    /** The main issuer, if there is one, then the others by name. No two are the same: which one a token is of is its {@code iss}. */
    private List<TrustedIssuer> issuers(IssuerReader main, HttpSettings http) {
        List<TrustedIssuer> issuers = new ArrayList<>();
        TrustedIssuer first = main.read(http);
        if (first != null) {
            issuers.add(first);
        }
        for (String name : IssuerScope.NAMES.in(source)) {
            IssuerScope scope = IssuerScope.of(name);
            refuseLater(scope);
            IssuerReader reader = new IssuerReader(values, files, scope);
            TrustedIssuer further = reader.read(reader.http());
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

    private void refuseLater(IssuerScope scope) {
        for (String key : scope.later()) {
            if (source.raw(key) != null) {
                values.report(key, "is not supported by this version", "nothing there, and do not rely on it");
            }
        }
    }

    private Set<String> audience() {
        List<String> audience = values.list(Key.AUDIENCE);
        return audience == null ? Set.of() : Set.copyOf(audience);
    }

    private TokenSettings token() {
        String prefix = values.text(Key.TOKEN_OPAQUE_PREFIX);
        if (prefix != null && !prefix.matches("[A-Za-z0-9._~+/-]+")) {
            values.report(
                    Key.TOKEN_OPAQUE_PREFIX,
                    "contains a character that no token has",
                    "letters, digits and - . _ ~ + / only");
        }
        return new TokenSettings(
                TokenSettings.Validation.named(values.choice(Key.TOKEN_VALIDATION)),
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

    /** What an introspection endpoint is asked about is the token as it came. */
    private void requireAUseForDecryption(TokenSettings.Validation validation, boolean anyIssuer) {
        boolean asks = validation == TokenSettings.Validation.INTROSPECT || !anyIssuer;
        if (values.isSet(Key.JWT_DECRYPTION_KEY) && asks) {
            values.report(
                    Key.JWT_DECRYPTION_KEY,
                    "is set, but no JWT is validated locally",
                    "nothing, or set cardea.issuer and cardea.token.validation to auto or local");
        }
    }

    /** The introspection endpoint is the main issuer's: a further issuer's tokens are neither for it to see nor to judge. */
    private void requireAUseForFurtherIssuers(TokenSettings.Validation validation) {
        Set<String> names = IssuerScope.NAMES.in(source);
        if (validation == TokenSettings.Validation.INTROSPECT && !names.isEmpty()) {
            values.report(
                    Key.TOKEN_VALIDATION,
                    "is introspect, so the tokens of the further issuers " + String.join(", ", names)
                            + " would be sent to the introspection endpoint of the main one",
                    "auto, or remove cardea.issuers.*");
        }
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

    private void requireAWayToValidate(TokenSettings.Validation validation, boolean anyIssuer) {
        boolean issuer = anyIssuer
                || values.isSet(Key.ISSUER)
                || !IssuerScope.NAMES.in(source).isEmpty();
        boolean introspection = IntrospectionReader.isMeant(values);
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
        } else if (validation == TokenSettings.Validation.LOCAL && !issuer) {
            values.report(Key.TOKEN_VALIDATION, "is local, but cardea.issuer is not set", "auto, or set cardea.issuer");
        } else if (validation == TokenSettings.Validation.INTROSPECT && !introspection) {
            values.report(
                    Key.TOKEN_VALIDATION,
                    "is introspect, but cardea.introspection.client-id is not set",
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
