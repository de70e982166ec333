package dev.cardea.examples.authorizationserver;

import java.util.List;
import java.util.function.BiConsumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenClaimsContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/**
 * What has to be added to the product's access tokens to make them RFC 9068 ones, and their introspection answers as complete.
 * By itself the product sends no {@code typ}, no {@code client_id}, its own client's id as {@code aud}, and {@code scope} as
 * an array.
 */
@Configuration(proxyBeanMethods = false)
class AccessTokens {

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> selfContained() {
        return context -> {
            // Asked about ID tokens too, which must not become access tokens of the API.
            var client = context.getRegisteredClient();
            if (!OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType()) || asTheProductWrites(client)) {
                return;
            }
            context.getJwsHeader().type("at+jwt");
            context.getClaims().claim("client_id", client.getClientId());
            addCommon(client, context.getClaims()::claim);
            if (!context.getAuthorizedScopes().isEmpty() && !scopeAsArray(client)) {
                context.getClaims().claim("scope", String.join(" ", context.getAuthorizedScopes()));
            }
        };
    }

    @Bean
    OAuth2TokenCustomizer<OAuth2TokenClaimsContext> reference() {
        return context -> {
            if (!asTheProductWrites(context.getRegisteredClient())) {
                addCommon(context.getRegisteredClient(), context.getClaims()::claim);
            }
        };
    }

    /** Takes a function because the two kinds' claims builders have no type in common. */
    private static void addCommon(RegisteredClient client, BiConsumer<String, Object> claim) {
        claim.accept("aud", List.of((String) client.getClientSettings().getSetting(Clients.AUDIENCE)));
        claim.accept("roles", List.of("clerk"));
    }

    /** For the profile {@code spring}, which takes such tokens. */
    private static boolean asTheProductWrites(RegisteredClient client) {
        return client.getClientSettings().getSetting(Clients.AUDIENCE) == null;
    }

    private static boolean scopeAsArray(RegisteredClient client) {
        return Boolean.TRUE.equals(client.getClientSettings().getSetting(Clients.SCOPE_AS_ARRAY));
    }
}
