package dev.cardea.config;

import dev.cardea.profile.Profile;
import dev.cardea.reject.Quoted;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that are taken for an issuer and that no token has as {@code iss}: with one of them every token would be 401,
 * and nothing would say why.
 */
final class IssuerAddress {
    private static final List<String> METADATA =
            List.of("/.well-known/openid-configuration", "/.well-known/oauth-authorization-server");
    private static final Pattern ENTRA_FOR_SEVERAL =
            Pattern.compile("https?://[^/]+/(common|organizations|consumers)(/.*)?");

    private final Values values;
    private final Setting key;
    private final Profile profile;

    IssuerAddress(Values values, Setting key, Profile profile) {
        this.values = values;
        this.key = key;
        this.profile = profile;
    }

    /** Whether what is set cannot be right; then the problem was reported. */
    boolean isImpossible() {
        @Nullable String text = values.text(key);
        return text != null && (isTemplate(text) || isMetadata(text) || isForSeveralTenants(text));
    }

    private boolean isTemplate(String text) {
        boolean template = text.contains("{");
        if (template) {
            values.report(
                    key,
                    Quoted.of(text) + " is a template, which is not supported",
                    "the issuer of one tenant; each further one is a cardea.issuers.<name>.issuer");
        }
        return template;
    }

    /** RFC 8414 3 puts the well-known part in front of the issuer's path, OpenID Connect Discovery behind it. */
    private boolean isMetadata(String text) {
        for (String wellKnown : METADATA) {
            if (text.contains(wellKnown)) {
                values.report(
                        key,
                        "is the address of the issuer's metadata, not the issuer",
                        "the value of issuer in that document, for instance " + Quoted.of(text.replace(wellKnown, "")));
                return true;
            }
        }
        return false;
    }

    private boolean isForSeveralTenants(String text) {
        Matcher several = ENTRA_FOR_SEVERAL.matcher(text);
        boolean found = profile == Profile.ENTRA && several.matches();
        if (found) {
            values.report(
                    key,
                    "names " + several.group(1) + ", which stands for several tenants and is in the iss of no token",
                    "the tenant's id instead of " + several.group(1)
                            + "; each further tenant is a cardea.issuers.<name>.issuer");
        }
        return found;
    }
}
