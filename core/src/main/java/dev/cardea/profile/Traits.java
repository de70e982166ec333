package dev.cardea.profile;

import dev.cardea.token.Discriminator;
import dev.cardea.token.SubjectRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one product's access tokens look like: data, written by name in the product's own file, checked by
 * {@code ProfileTest} and printed by {@code docs/reference/profiles.md}. Immutable.
 *
 * @param product its name
 * @param evidence where all this was read, and whether it was tried
 * @param types accepted {@code typ}, lower case, without {@code application/}; at least {@code at+jwt}
 * @param untyped whether a JWT without {@code typ} is accepted
 * @param required claims that every access token has
 * @param discriminator what stands in for {@code typ} where another one than {@code at+jwt} is accepted
 * @param answers members that an introspection answer about an access token has with one of these values; empty where the
 *     product calls nothing else active
 * @param audience claims that may say for whom a token is; the first that is there decides
 * @param clientId claims that may name the client; the first that is there counts
 * @param scopes claims that hold scopes
 * @param roles claims that hold roles
 * @param groups claims that hold groups
 * @param others claims that speak of somebody else than this API, so that no setting may read rights from them, and what to
 *     name instead
 * @param subjectRule how users are told from clients
 * @param relaxations in what it asks less than RFC 9068, and why; empty for {@code generic} only
 * @param remarks what it does not do, and what its user has to know
 */
public record Traits(
        String product,
        Evidence evidence,
        List<String> types,
        boolean untyped,
        List<String> required,
        Discriminator discriminator,
        Map<String, Set<String>> answers,
        List<String> audience,
        List<String> clientId,
        List<String> scopes,
        List<String> roles,
        List<String> groups,
        Map<String, String> others,
        SubjectRule subjectRule,
        List<Relaxation> relaxations,
        List<String> remarks) {

    /** Claims that only ID tokens have (OpenID Connect Core 2, 3.3.2.11, FAPI 1.0 part 2). */
    static final List<String> OF_ID_TOKENS = List.of("nonce", "at_hash", "c_hash", "s_hash");

    /**
     * Claims that every DPoP proof ({@code htm}, {@code htu}), security event and logout token ({@code events}),
     * introspection JWT, status list and transaction token ({@code txn}) must have by its specification, and that no access
     * token has by its own. Whoever builds a receiver of another kind of JWT adds its mark here, and its row to
     * {@code ForeignToken} of the test kit.
     */
    static final List<String> OF_OTHER_KINDS =
            List.of("htm", "htu", "events", "token_introspection", "status_list", "txn");

    public Traits {
        types = List.copyOf(types);
        required = List.copyOf(required);
        answers = Map.copyOf(answers);
        audience = List.copyOf(audience);
        clientId = List.copyOf(clientId);
        scopes = List.copyOf(scopes);
        roles = List.copyOf(roles);
        groups = List.copyOf(groups);
        others = Map.copyOf(others);
        relaxations = List.copyOf(relaxations);
        remarks = List.copyOf(remarks);
    }

    /**
     * What the data rests on.
     *
     * @param pages of the vendor's documentation
     * @param readOn the day on which they were read, ISO-8601
     * @param how which copy was read, and what else it rests on
     * @param run the version of the product that every build runs it against, or "" if it was never run
     */
    public record Evidence(List<String> pages, String readOn, String how, String run) {
        public Evidence {
            pages = List.copyOf(pages);
        }

        /** Whether every build runs it against the product. */
        public boolean wasRun() {
            return !run.isEmpty();
        }
    }

    /** Something that RFC 9068 asks for and this profile does not. */
    public record Relaxation(String what, String why) {}

    /** Starts from RFC 9068: what a product does not deviate in need not be said. */
    static Builder of(String product) {
        return new Builder(product);
    }

    /** For one thread, while a class is initialised. */
    static final class Builder {
        private final String product;
        private final List<String> pages = new ArrayList<>();
        private final List<Relaxation> relaxations = new ArrayList<>();
        private final List<String> remarks = new ArrayList<>();
        private final List<String> absent = new ArrayList<>();
        private String readOn = "";
        private String how = "";
        private String run = "";
        private List<String> types = List.of("at+jwt");
        private boolean untyped;
        private List<String> required = List.of("iss", "sub", "aud", "exp", "iat", "jti", "client_id");
        private List<String> present = List.of();
        private List<String> anyPresent = List.of();
        private Map<String, Set<String>> values = Map.of();
        private Map<String, Set<String>> answers = Map.of();
        private List<String> audience = List.of("aud");
        private List<String> clientId = List.of("client_id");
        private List<String> scopes = List.of("scope");
        private List<String> roles = List.of("roles");
        private List<String> groups = List.of("groups");
        private Map<String, String> others = Map.of();
        private SubjectRule subjectRule = SubjectRule.CLIENT_ID;

        private Builder(String product) {
            this.product = product;
        }

        /** A page of the vendor's documentation. */
        Builder page(String url) {
            pages.add(url);
            return this;
        }

        /** On which day the pages were read, in which copy, and what else this rests on. */
        Builder read(String day, String inWhichCopy) {
            readOn = day;
            how = inWhichCopy;
            return this;
        }

        /** Every build runs it against this version of the product. */
        Builder runAgainst(String version) {
            run = version;
            return this;
        }

        Builder types(String... accepted) {
            types = List.of(accepted);
            return this;
        }

        Builder acceptsUntyped() {
            untyped = true;
            return this;
        }

        Builder required(String... claims) {
            required = List.of(claims);
            return this;
        }

        /** Discriminator: access tokens have all of these, other JWTs of the issuer do not. */
        Builder accessTokensHave(String... claims) {
            present = List.of(claims);
            return this;
        }

        /** Discriminator: access tokens have at least one of these, other JWTs of the issuer none. */
        Builder accessTokensHaveOneOf(String... claims) {
            anyPresent = List.of(claims);
            return this;
        }

        /** Discriminator: an access token says one of these. */
        Builder accessTokensSay(String claim, String... oneOf) {
            values = Map.of(claim, Set.of(oneOf));
            return this;
        }

        /** Discriminator: these claims make it something else. */
        Builder accessTokensLack(List<String> claims) {
            absent.addAll(claims);
            return this;
        }

        Builder accessTokensLack(String... claims) {
            return accessTokensLack(List.of(claims));
        }

        /** Discriminator of introspection answers. */
        Builder answersSay(String member, String... oneOf) {
            answers = Map.of(member, Set.of(oneOf));
            return this;
        }

        Builder audience(String... claims) {
            audience = List.of(claims);
            return this;
        }

        Builder clientId(String... claims) {
            clientId = List.of(claims);
            return this;
        }

        Builder scopes(String... claims) {
            scopes = List.of(claims);
            return this;
        }

        Builder roles(String... claims) {
            roles = List.of(claims);
            return this;
        }

        Builder groups(String... claims) {
            groups = List.of(claims);
            return this;
        }

        /** Whoever reads rights from this claim grants what another API grants; {@code instead} is the claim of this one. */
        Builder speaksOfOthers(String claim, String instead) {
            others = Map.of(claim, instead);
            return this;
        }

        Builder subjects(SubjectRule rule) {
            subjectRule = rule;
            return this;
        }

        Builder relaxes(String what, String why) {
            relaxations.add(new Relaxation(what, why));
            return this;
        }

        Builder remark(String sentence) {
            remarks.add(sentence);
            return this;
        }

        Traits build() {
            return new Traits(
                    product,
                    new Evidence(pages, readOn, how, run),
                    types,
                    untyped,
                    required,
                    new Discriminator(present, anyPresent, values, absent),
                    answers,
                    audience,
                    clientId,
                    scopes,
                    roles,
                    groups,
                    others,
                    subjectRule,
                    relaxations,
                    remarks);
        }
    }
}
