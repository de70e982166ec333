package dev.cardea.config;

import dev.cardea.token.Discriminator;
import dev.cardea.token.SubjectRule;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What claims must say and what they mean.
 *
 * @param requiredInJwt {@code cardea.jwt.required-claims}: members that a JWT must have; default by profile, those of
 *     RFC 9068 2.2 for {@code generic}. Always contains {@code iss}, {@code aud} and {@code exp}
 * @param ofJwt what tells a JWT from other kinds of JWT: the profile's discriminator, none where only {@code typ: at+jwt} is
 *     accepted
 * @param ofAnswer what tells an introspection answer about an access token from others: the profile's discriminator for
 *     products that call more than access tokens active
 * @param audience claims of a JWT that may say for whom it is, by profile; the first that is there decides
 * @param clockSkew {@code cardea.jwt.clock-skew}; default 30 s, at most 5 min
 * @param maxLifetime {@code cardea.jwt.max-lifetime}, or null for no limit
 * @param principal {@code cardea.principal.claim}: the first present one names the principal; default {@code sub}
 * @param clientId claims that may name the client, by profile
 * @param scopes {@code cardea.scope.claims}; default {@code scope}
 * @param roles {@code cardea.roles.claims}, slash-separated paths allowed; default {@code roles}
 * @param groups {@code cardea.groups.claims}, slash-separated paths allowed; default {@code groups}
 * @param subjectRule how users are told from clients, by profile
 */
public record ClaimSettings(
        Set<String> requiredInJwt,
        Discriminator ofJwt,
        Discriminator ofAnswer,
        List<String> audience,
        Duration clockSkew,
        @Nullable Duration maxLifetime,
        List<String> principal,
        List<String> clientId,
        List<String> scopes,
        List<String> roles,
        List<String> groups,
        SubjectRule subjectRule) {
    public ClaimSettings {
        requiredInJwt = Set.copyOf(requiredInJwt);
        audience = List.copyOf(audience);
        principal = List.copyOf(principal);
        clientId = List.copyOf(clientId);
        scopes = List.copyOf(scopes);
        roles = List.copyOf(roles);
        groups = List.copyOf(groups);
    }
}
