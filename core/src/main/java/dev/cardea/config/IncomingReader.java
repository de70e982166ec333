package dev.cardea.config;

import dev.cardea.reject.Quoted;
import dev.cardea.request.AddressRange;
import dev.cardea.request.TargetUris;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@link IncomingSettings}. For one thread. */
final class IncomingReader {
    private static final Pattern ORIGIN = Pattern.compile("(?!https://.*:443$|http://.*:80$)"
            + "[a-z][a-z0-9+.-]*://([a-z0-9-]+(\\.[a-z0-9-]+)*|\\[[0-9a-f:.]+\\])(:[1-9][0-9]{0,4})?");

    private final Values values;

    IncomingReader(Values values) {
        this.values = values;
    }

    IncomingSettings read() {
        return new IncomingSettings(values.flag(Key.REQUIRE_TLS), trustedProxies(), externalUrl(), allowedOrigins());
    }

    /** No user, query or fragment; in whatever spelling, since it is compared in normal form. */
    private @Nullable String externalUrl() {
        String url = values.text(Key.EXTERNAL_URL);
        if (url != null && !TargetUris.isExternalUrl(url)) {
            values.report(
                    Key.EXTERNAL_URL,
                    Quoted.of(url) + " is no http or https address without user, query and fragment",
                    "for instance https://api.example.com/shop");
            return null;
        }
        return url;
    }

    /** Compared as text, so each has to be what a browser sends (RFC 6454 6.2): lower case, no path, no default port. */
    private Set<String> allowedOrigins() {
        List<String> origins = values.list(Key.CORS_ALLOWED_ORIGINS);
        for (String origin : origins == null ? List.<String>of() : origins) {
            if (!ORIGIN.matcher(origin).matches()) {
                values.report(
                        Key.CORS_ALLOWED_ORIGINS,
                        Quoted.of(origin) + " is no origin as browsers send it",
                        "for instance https://app.example.com or http://localhost:3000: lower case, no slash at the end, no"
                                + " default port, neither * nor null");
            }
        }
        return origins == null ? Set.of() : Set.copyOf(origins);
    }

    private List<AddressRange> trustedProxies() {
        List<String> texts = values.list(Key.PROXY_TRUSTED);
        List<AddressRange> ranges = new ArrayList<>();
        for (String text : texts == null ? List.<String>of() : texts) {
            AddressRange range = AddressRange.parse(text);
            if (range == null) {
                values.report(
                        Key.PROXY_TRUSTED,
                        Quoted.of(text)
                                + " is neither an IP address nor a range of them without bits behind its prefix",
                        "for instance 10.1.2.3, 10.1.0.0/16 or 2001:db8::/32; not a name, and not everybody");
            } else {
                ranges.add(range);
            }
        }
        return ranges;
    }
}
