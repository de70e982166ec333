package dev.cardea.examples.authorizationserver;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;

/**
 * Lets a user authenticate with the authorization request itself: there is no login page. At other endpoints Basic is how
 * clients authenticate, so it leaves them alone.
 */
final class UserByBasic extends BasicAuthenticationFilter {

    UserByBasic(UserDetailsService users, PasswordEncoder passwords) {
        super(new ProviderManager(provider(users, passwords)));
    }

    private static DaoAuthenticationProvider provider(UserDetailsService users, PasswordEncoder passwords) {
        var provider = new DaoAuthenticationProvider(users);
        provider.setPasswordEncoder(passwords);
        return provider;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !"/oauth2/authorize".equals(request.getRequestURI());
    }
}
