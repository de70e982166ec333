package dev.cardea.token;

import dev.cardea.reject.Quoted;
import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import dev.cardea.reject.SettingNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What tells an issuer's access tokens from every other JWT that it signs with the same keys, where {@code typ} does not:
 * rules that exclude each other for different kinds of JWT (RFC 8725 3.12: W15, T20).
 *
 * <p>Proves no more than that the claims look as the product's access tokens do and as nothing else does that the product,
 * or the specification of another kind of JWT, writes. An issuer that puts these claims into something else cannot be found
 * out. Immutable and thread-safe.
 *
 * @param present members that an access token has and other JWTs of the issuer do not all have
 * @param anyPresent members of which an access token has at least one; empty for no such rule
 * @param values members that an access token has with one of these strings
 * @param absent members that make it something else, be they null: the issuer would not have written them
 */
public record Discriminator(
        List<String> present, List<String> anyPresent, Map<String, Set<String>> values, List<String> absent) {
    /** For what cannot be anything but an access token. */
    public static final Discriminator NONE = new Discriminator(List.of(), List.of(), Map.of(), List.of());

    public Discriminator {
        present = List.copyOf(present);
        anyPresent = List.copyOf(anyPresent);
        values = sorted(values);
        absent = List.copyOf(absent);
    }

    /** Only {@code values}: what introspection answers are held to. */
    public static Discriminator ofValues(Map<String, Set<String>> values) {
        return new Discriminator(List.of(), List.of(), values, List.of());
    }

    /** Whether there is no rule at all. */
    public boolean isEmpty() {
        return present.isEmpty() && anyPresent.isEmpty() && values.isEmpty() && absent.isEmpty();
    }

    /** @throws RejectedException if {@code claims} are something else, or a claim that would say so is no string */
    void requireAccessToken(Claims claims, SettingNames names) throws RejectedException {
        List<String> objections = objections(claims);
        if (!objections.isEmpty()) {
            throw new RejectedException(
                    Reason.TYPE_NOT_ACCEPTED, objections.get(0) + " (" + names.of("issuer-profile") + ")");
        }
    }

    /** Everything that speaks against an access token, in words; nothing is allocated where nothing does. */
    public List<String> objections(Claims claims) throws RejectedException {
        List<String> objections = List.of();
        for (Map.Entry<String, Set<String>> entry : values.entrySet()) {
            String value = claims.string(entry.getKey());
            if (value == null || !entry.getValue().contains(value)) {
                objections = with(
                        objections,
                        "claim '" + entry.getKey() + "' is " + Quoted.of(value) + ", an access token says one of "
                                + Quoted.of(entry.getValue()));
            }
        }
        for (String name : absent) {
            if (claims.asMap().containsKey(name)) {
                objections = with(objections, "claim '" + name + "' is not one of an access token");
            }
        }
        for (String name : present) {
            if (!claims.has(name)) {
                objections = with(objections, "claim '" + name + "' is missing, which access tokens have");
            }
        }
        if (!anyPresent.isEmpty() && anyPresent.stream().noneMatch(claims::has)) {
            objections = with(
                    objections, "none of the claims " + Quoted.of(anyPresent) + " is there, which access tokens have");
        }
        return objections;
    }

    /** Whether {@code claims} say themselves that they are an access token's, in a claim that there is for that. */
    public boolean isDeclaredBy(Claims claims) {
        return !values.isEmpty()
                && values.entrySet().stream()
                        .allMatch(entry -> claims.asMap().get(entry.getKey()) instanceof String value
                                && entry.getValue().contains(value));
    }

    /** Whether {@code claims} say themselves, in such a claim, that they are something else. */
    public boolean isDeniedBy(Claims claims) {
        return values.entrySet().stream()
                .anyMatch(entry -> claims.has(entry.getKey())
                        && !(claims.asMap().get(entry.getKey()) instanceof String value
                                && entry.getValue().contains(value)));
    }

    /** Whether something is there that no access token has; that something is missing does not count. */
    public boolean isContradictedBy(Claims claims) {
        return isDeniedBy(claims) || absent.stream().anyMatch(claims.asMap()::containsKey);
    }

    /** The rules in words, without attribution to anybody. */
    public String explained() {
        List<String> rules = new ArrayList<>();
        values.forEach((name, allowed) -> rules.add(name + " is " + String.join(" or ", allowed)));
        if (!present.isEmpty()) {
            rules.add(String.join(", ", present) + (present.size() == 1 ? " is there" : " are there"));
        }
        if (!anyPresent.isEmpty()) {
            rules.add(String.join(" or ", anyPresent) + " is there");
        }
        if (!absent.isEmpty()) {
            rules.add("none of " + String.join(", ", absent) + " is there");
        }
        return String.join("; ", rules);
    }

    private static List<String> with(List<String> objections, String another) {
        List<String> longer = objections.isEmpty() ? new ArrayList<>() : objections;
        longer.add(another);
        return longer;
    }

    /** One order of messages on every run. */
    private static SortedMap<String, Set<String>> sorted(Map<String, Set<String>> values) {
        SortedMap<String, Set<String>> sorted = new TreeMap<>();
        values.forEach((name, allowed) -> sorted.put(name, Collections.unmodifiableSet(new TreeSet<>(allowed))));
        return Collections.unmodifiableSortedMap(sorted);
    }
}
