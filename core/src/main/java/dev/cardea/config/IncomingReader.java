package dev.cardea.config;

import dev.cardea.reject.Quoted;
import dev.cardea.request.AddressRange;
import java.util.ArrayList;
import java.util.List;

/** Reads {@link IncomingSettings}. For one thread. */
final class IncomingReader {
    private final Values values;

    IncomingReader(Values values) {
        this.values = values;
    }

    IncomingSettings read() {
        return new IncomingSettings(values.flag(Key.REQUIRE_TLS), trustedProxies());
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
