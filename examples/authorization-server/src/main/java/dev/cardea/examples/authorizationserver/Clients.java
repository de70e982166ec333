package dev.cardea.examples.authorizationserver;

import static org.springframework.security.oauth2.core.AuthorizationGrantType.AUTHORIZATION_CODE;
import static org.springframework.security.oauth2.core.AuthorizationGrantType.CLIENT_CREDENTIALS;
import static org.springframework.security.oauth2.core.AuthorizationGrantType.REFRESH_TOKEN;
import static org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat.REFERENCE;
import static org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat.SELF_CONTAINED;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/**
 * The clients. Each differs from {@code orders-client} in the one thing its name says, so that a test which swaps the client
 * changes nothing else. Every secret is the client's id followed by {@code -secret}.
 */
@Configuration(proxyBeanMethods = false)
class Clients {

    static final String AUDIENCE = "cardea.audience";
    static final String SCOPE_AS_ARRAY = "cardea.scope-as-array";

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofSeconds(3);

    @Bean
    RegisteredClientRepository registeredClients(
            @Value("${cardea.audience}") String audience, @Value("${cardea.other-audience}") String otherAudience) {
        return new InMemoryRegisteredClientRepository(List.of(
                client("orders-client", SELF_CONTAINED, LONG, audience, false),
                client("orders-client-opaque", REFERENCE, LONG, audience, false),
                client("orders-client-scope-array", SELF_CONTAINED, LONG, audience, true),
                client("short-lived", SELF_CONTAINED, SHORT, audience, false),
                client("short-lived-opaque", REFERENCE, SHORT, audience, false),
                client("other-audience", SELF_CONTAINED, LONG, otherAudience, false),
                client("other-audience-opaque", REFERENCE, LONG, otherAudience, false),
                uncustomized("web"),
                resourceServer("orders-api")));
    }

    /** Its tokens, ID tokens among them, are what the product writes by itself: their audience is the client. */
    private static RegisteredClient uncustomized(String id) {
        return authenticatedByBasic(id)
                .authorizationGrantType(CLIENT_CREDENTIALS)
                .authorizationGrantType(AUTHORIZATION_CODE)
                .authorizationGrantType(REFRESH_TOKEN)
                .redirectUri("http://127.0.0.1/callback")
                .scopes(scopes -> scopes.addAll(List.of("openid", "orders:read", "orders:write")))
                .clientSettings(ClientSettings.builder().requireProofKey(false).build())
                .build();
    }

    private static RegisteredClient client(
            String id, OAuth2TokenFormat format, Duration lifetime, String audience, boolean scopeAsArray) {
        return authenticatedByBasic(id)
                .authorizationGrantType(CLIENT_CREDENTIALS)
                .scopes(scopes -> scopes.addAll(List.of("orders:read", "orders:write", "profile:read")))
                .tokenSettings(TokenSettings.builder()
                        .accessTokenFormat(format)
                        .accessTokenTimeToLive(lifetime)
                        .build())
                .clientSettings(ClientSettings.builder()
                        .setting(AUDIENCE, audience)
                        .setting(SCOPE_AS_ARRAY, scopeAsArray)
                        .build())
                .build();
    }

    /** Asks about tokens and gets none: the product demands a grant type, so it has one that no endpoint knows. */
    private static RegisteredClient resourceServer(String id) {
        return authenticatedByBasic(id)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .authorizationGrantType(new AuthorizationGrantType("none"))
                .build();
    }

    private static RegisteredClient.Builder authenticatedByBasic(String id) {
        return RegisteredClient.withId(id)
                .clientId(id)
                .clientSecret(id + "-secret")
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
    }

    /** One user, {@code alice}. */
    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(User.withUsername("alice")
                .password("alice-secret")
                .roles("USER")
                .build());
    }

    /**
     * Compares in constant time and keeps secrets as they are. The product's default turns a {@code {noop}} secret into bcrypt
     * at its first use, after which every introspection costs some 80 ms: a benchmark would measure bcrypt.
     */
    @Bean
    PasswordEncoder plainSecrets() {
        return new PasswordEncoder() {
            @Override
            public @Nullable String encode(@Nullable CharSequence secret) {
                return secret == null ? null : secret.toString();
            }

            @Override
            public boolean matches(@Nullable CharSequence presented, @Nullable String registered) {
                return presented != null
                        && registered != null
                        && MessageDigest.isEqual(utf8(presented), utf8(registered));
            }

            private static byte[] utf8(CharSequence text) {
                return text.toString().getBytes(StandardCharsets.UTF_8);
            }
        };
    }
}
