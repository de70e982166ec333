package dev.cardea;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The endpoint takes only tokens that are bound to their sender (RFC 9449, RFC 8705): a stolen one is worth nothing there.
 *
 * <p>Adds to scopes and roles, and asks by itself for a valid token. On a class it holds for each of its methods, whatever else they
 * declare, but not for those with {@code @PermitAll}. Stands where {@link RequiresScope} may stand.
 * An unbound token is refused with 401 {@code invalid_token}. A binding is checked wherever there is one, with this annotation and
 * without.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequiresSenderConstrainedToken {
    /** How it has to be bound. */
    Binding value() default Binding.ANY;

    /** To what a token is bound. */
    enum Binding {
        /** To a key or to a certificate. */
        ANY,
        /** To a key, of which the client proves possession by DPoP ({@code cnf.jkt}). */
        DPOP,
        /** To the client's TLS certificate ({@code cnf.x5t#S256}). */
        CERTIFICATE
    }
}
