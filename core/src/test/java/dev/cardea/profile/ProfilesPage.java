package dev.cardea.profile;

import dev.cardea.reject.RejectedException;
import dev.cardea.testkit.AccessTokens;
import dev.cardea.testkit.ForeignToken;
import dev.cardea.testkit.Product;
import dev.cardea.token.Claims;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code docs/reference/profiles.md}, made from {@link Profile}; the words around it stand here. */
final class ProfilesPage {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    private static final String INTRODUCTION = """
            # Issuer profiles

            <!-- Made from the code by ProfilesPageTest: change the files of dev.cardea.profile or ProfilesPage, then run
                 mvn -Dquick -pl core -am test -Dtest=ProfilesPageTest -Dcardea.docs.write=true -Dsurefire.failIfNoSpecifiedTests=false -->

            RFC 9068 says what a JWT access token looks like. Most products differ: in the header `typ`, in the name of the client's
            claim, in where scopes and roles are. `cardea.issuer-profile` (or `cardea.issuers.<name>.issuer-profile`) names the product;
            everything below is what that presets. Minimal settings per product: [products.md](../how-to/products.md).

            **What replaces `typ`.** `typ: at+jwt` tells an access token from an ID token that the same issuer signed with the same key.
            A profile that accepts `JWT`, or no `typ`, has a *discriminator* that does this instead: claims that must be there, must have
            a certain value, or must not be there. It is in force as long as `cardea.jwt.types` accepts anything but `at+jwt`, and no
            setting removes it. It is a lesser promise than `typ`: it rests on what the vendor documents today. Where a product can be
            told to write `at+jwt`, do that, and set `cardea.jwt.types=at+jwt`.

            **Run or read.** A profile whose column *run against* names a version is tried against that product in every build. The
            others were written from documentation, and their tests play tokens made from the samples there. A day says when it was
            read, in stored copies of the pages: check the pages before you rely on a profile that was not run.

            **A wrong profile says so.** If an access token that the issuer signed is refused, and another profile would have accepted it,
            a line at WARNING names the property and that profile: once per cause, at most every five seconds, from the logger
            `dev.cardea.profile`. The client sees no difference. What may be an ID token gets no such line: a token has to say itself
            that it is an access token (Keycloak, Cognito), or to carry a scope or permission and nothing that access tokens lack.

            ## All of them

            """;

    private static final String SUBSTITUTION = """

            ## What keeps other JWTs out

            Each other kind of JWT, signed with the issuer's own key and for our audience, is presented as an access token to each profile
            in `SubstitutionMatrixTest`: with its own `typ`, with `JWT`, and with none. With its own `typ` it is refused for that. Where the
            profile accepts `JWT` or no `typ`, the substitution rests on these claims. The other kinds are made of an access token of the
            product here, so that only what their specification adds can give them away; the ID tokens are those of the product, without
            `nonce` and hashes. No profile can tell if an issuer writes `at+jwt` into something else.

            """;

    private ProfilesPage() {}

    static String render() throws RejectedException {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        overview(page);
        page.append(SUBSTITUTION);
        substitutions(page);
        for (Profile profile : Profile.values()) {
            section(page, profile);
        }
        return page.toString();
    }

    private static void overview(StringBuilder page) {
        row(page, "profile", "product", "accepted `typ`", "client", "scopes", "roles", "audience", "run against");
        row(page, "---", "---", "---", "---", "---", "---", "---", "---");
        for (Profile profile : Profile.values()) {
            Traits traits = profile.traits();
            row(
                    page,
                    "[`" + profile.word() + "`](#" + profile.word() + ")",
                    traits.product(),
                    codes(profile.acceptedTypes()),
                    codes(traits.clientId()),
                    codes(traits.scopes()),
                    codes(traits.roles()),
                    codes(traits.audience()),
                    traits.evidence().wasRun() ? traits.evidence().run() : "no");
        }
    }

    private static void section(StringBuilder page, Profile profile) {
        Traits traits = profile.traits();
        page.append("\n## ").append(profile.word()).append("\n\n");
        page.append(traits.product()).append(". ");
        if (!traits.evidence().pages().isEmpty()) {
            page.append("Documentation: ")
                    .append(traits.evidence().pages().stream()
                            .map(url -> "<" + url + ">")
                            .collect(Collectors.joining(", ")))
                    .append(". ");
        }
        page.append("Read on ")
                .append(traits.evidence().readOn())
                .append(". ")
                .append(traits.evidence().how())
                .append("\n\n");
        row(page, "", "");
        row(page, "---", "---");
        row(page, "`cardea.jwt.types`", codes(profile.acceptedTypes()));
        row(page, "`cardea.jwt.required-claims`", codes(traits.required()));
        row(page, "`cardea.scope.claims`", codes(traits.scopes()));
        row(page, "`cardea.roles.claims`", codes(traits.roles()));
        row(page, "`cardea.groups.claims`", codes(traits.groups()));
        row(page, "no rights are read from", codes(traits.others().keySet()));
        row(page, "client, first present", codes(traits.clientId()));
        row(page, "audience, first present", codes(traits.audience()));
        row(page, "a user's token is known by", traits.subjectRule().explained());
        row(page, "discriminator: must be there", codes(traits.discriminator().present()));
        row(page, "discriminator: one of these", codes(traits.discriminator().anyPresent()));
        row(
                page,
                "discriminator: must say one of",
                values(traits.discriminator().values()));
        row(
                page,
                "discriminator: must not be there",
                codes(traits.discriminator().absent()));
        row(page, "introspection answers: must say one of", values(traits.answers()));
        row(
                page,
                "run against the product",
                traits.evidence().wasRun() ? "yes, " + traits.evidence().run() + ", in every build" : "no");
        if (!traits.relaxations().isEmpty()) {
            page.append("\nRelaxed:\n\n");
            traits.relaxations().forEach(each -> page.append("- ")
                    .append(each.what())
                    .append(": ")
                    .append(each.why())
                    .append(".\n"));
        }
        if (!traits.remarks().isEmpty()) {
            page.append("\nTo know:\n\n");
            traits.remarks().forEach(each -> page.append("- ").append(each).append("\n"));
        }
    }

    private static void substitutions(StringBuilder page) throws RejectedException {
        List<Profile> profiles = Arrays.stream(Profile.values())
                .filter(profile -> profile.acceptedTypes().size() > 1)
                .toList();
        row(page, "presented as an access token", profiles, profile -> "`" + profile.word() + "`");
        row(page, "---", profiles, profile -> "---");
        List<String> cells = new ArrayList<>();
        for (Profile profile : profiles) {
            cells.add(restsOn(profile, Product.idTokenOf(profile.word(), CLOCK)));
        }
        row(page, Stream.concat(Stream.of("ID token"), cells.stream()).toArray(String[]::new));
        for (ForeignToken kind : ForeignToken.values()) {
            List<String> row = new ArrayList<>(List.of(
                    kind.name().toLowerCase(Locale.ROOT).replace('_', ' ').replace("dpop", "DPoP")));
            for (Profile profile : profiles) {
                row.add(restsOn(profile, kind.of(Product.accessTokenOf(profile.word(), CLOCK))));
            }
            row(page, row.toArray(String[]::new));
        }
    }

    /** The claims that give {@code token} away. */
    private static String restsOn(Profile profile, AccessTokens token) throws RejectedException {
        Claims claims = Claims.of(token.claims());
        Traits traits = profile.traits();
        List<String> claimsThatTell = new ArrayList<>();
        traits.discriminator().values().forEach((name, allowed) -> {
            if (!allowed.contains(String.valueOf(claims.asMap().get(name)))) {
                claimsThatTell.add("`" + name + "`");
            }
        });
        traits.discriminator().present().stream()
                .filter(name -> !claims.has(name))
                .forEach(name -> claimsThatTell.add("no `" + name + "`"));
        if (!traits.discriminator().anyPresent().isEmpty()
                && traits.discriminator().anyPresent().stream().noneMatch(claims::has)) {
            claimsThatTell.add("neither "
                    + traits.discriminator().anyPresent().stream()
                            .map(name -> "`" + name + "`")
                            .collect(Collectors.joining(" nor ")));
        }
        traits.discriminator().absent().stream()
                .filter(claims.asMap()::containsKey)
                .forEach(name -> claimsThatTell.add("`" + name + "`"));
        if (claimsThatTell.isEmpty()
                || traits.discriminator().objections(claims).size() != claimsThatTell.size()) {
            throw new IllegalStateException(profile + " lets " + token + " in");
        }
        return String.join(", ", claimsThatTell);
    }

    private static String values(Map<String, Set<String>> values) {
        return values.entrySet().stream()
                .map(entry -> "`" + entry.getKey() + "`: "
                        + codes(entry.getValue().stream().sorted().toList()))
                .collect(Collectors.joining("; "));
    }

    private static String codes(Collection<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    private static void row(StringBuilder page, String first, List<Profile> profiles, Function<Profile, String> cell) {
        row(page, Stream.concat(Stream.of(first), profiles.stream().map(cell)).toArray(String[]::new));
    }

    private static void row(StringBuilder page, String... cells) {
        page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
