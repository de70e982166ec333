package dev.cardea.request;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One address, or those with the first bits in common (CIDR notation, RFC 4632 3.1, RFC 4291 2.3). IPv4 ranges hold
 * IPv4-mapped IPv6 addresses too. Immutable.
 */
public final class AddressRange {
    private final IpAddress first;
    private final int prefix;

    private AddressRange(IpAddress first, int prefix) {
        this.first = first;
        this.prefix = prefix;
    }

    /**
     * Reads {@code 192.0.2.1}, {@code 192.0.2.0/24}, {@code 2001:db8::/32}.
     *
     * @return null if it is no address, or has no prefix of at least one bit, or has bits set behind the prefix, which is as
     *     likely a typing mistake in the one as in the other
     */
    public static @Nullable AddressRange parse(String text) {
        int slash = text.indexOf('/');
        String start = slash < 0 ? text : text.substring(0, slash);
        // A zone or a mapped address counts its bits in another way than it is written.
        IpAddress address = start.indexOf('%') >= 0 || (start.indexOf(':') >= 0 && start.indexOf('.') >= 0)
                ? null
                : IpAddress.parse(start);
        if (address == null) {
            return null;
        }
        int prefix = slash < 0 ? address.bits() : prefix(text.substring(slash + 1));
        boolean mapped = start.indexOf(':') >= 0 && address.bits() == 32;
        return prefix < 1 || prefix > address.bits() || mapped || !address.endsIn(prefix)
                ? null
                : new AddressRange(address, prefix);
    }

    public boolean contains(IpAddress address) {
        return first.startsLike(address, prefix);
    }

    /** Whether the address is in one of the ranges; false if it is null or no address. */
    public static boolean anyContains(List<AddressRange> ranges, @Nullable String address) {
        IpAddress parsed = ranges.isEmpty() ? null : IpAddress.parse(address);
        return parsed != null && ranges.stream().anyMatch(range -> range.contains(parsed));
    }

    private static int prefix(String text) {
        return text.matches("[1-9][0-9]{0,2}") ? Integer.parseInt(text) : 0;
    }
}
