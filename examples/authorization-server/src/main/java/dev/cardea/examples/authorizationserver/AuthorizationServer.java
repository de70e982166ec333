package dev.cardea.examples.authorizationserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.logout.LogoutFilter;

/** Starts the server, says {@code READY http://127.0.0.1:port} on standard output, and stays silent from then on. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = UserDetailsServiceAutoConfiguration.class)
@Import({OwnIssuer.class, Clients.class, AccessTokens.class, SigningKeys.class, KeyRotation.class})
class AuthorizationServer {

    public static void main(String[] args) {
        if (List.of(args).contains("--exit-on-stdin-eof=true")) {
            exitWithParent();
        }
        var context = (WebServerApplicationContext) SpringApplication.run(AuthorizationServer.class, args);
        var server = context.getWebServer();
        if (server == null) {
            throw new IllegalStateException("No web server was started");
        }
        System.out.println("READY " + OwnIssuer.of(server.getPort()));
    }

    /** A parent that is killed cannot stop us, but the pipe it held is closed by the system. */
    private static void exitWithParent() {
        var watcher = new Thread(
                () -> {
                    drain(System.in);
                    System.exit(0);
                },
                "exit-on-stdin-eof");
        watcher.setDaemon(true);
        watcher.start();
    }

    private static void drain(InputStream in) {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException broken) {
            System.err.println("Standard input broke, which is taken as its end: " + broken.getMessage());
        }
    }

    @Bean
    @Order(1)
    SecurityFilterChain oauth2(HttpSecurity http, UserDetailsService users, PasswordEncoder passwords) {
        return http.oauth2AuthorizationServer(server -> {
                    http.securityMatcher(server.getEndpointsMatcher());
                    // For /.well-known/openid-configuration, and for ID tokens.
                    server.oidc(oidc -> {});
                })
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                // Before the product looks for a user who has logged in.
                .addFilterAfter(new UserByBasic(users, passwords), LogoutFilter.class)
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain others(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(KeyRotation.PATH)
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .csrf(csrf -> csrf.disable())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .build();
    }

    /** Without an issuer here the product takes scheme, host and port of the request, which {@link OwnIssuer} fixes. */
    @Bean
    AuthorizationServerSettings settings() {
        return AuthorizationServerSettings.builder().build();
    }
}
