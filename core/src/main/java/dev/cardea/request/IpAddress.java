package dev.cardea.request;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 address, read from its text without asking anybody for a name ({@code InetAddress} would take what is no
 * address for a name). An IPv4-mapped IPv6 address is the IPv4 address: servers that listen on both show peers either way.
 *
 * <p>Immutable.
 */
public final class IpAddress {
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int MAPPED_AT = 12;
    private static final int MAX_TEXT = 100;

    private final byte[] bytes;

    private IpAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads dotted decimal without leading zeros (RFC 6943 3.1.1), or RFC 4291 2.2; an IPv6 zone ({@code %eth0}) is left out.
     *
     * @return null if it is neither
     */
    public static @Nullable IpAddress parse(@Nullable String text) {
        byte[] bytes = text == null || text.length() > MAX_TEXT ? null : bytes(text);
        return bytes == null
                ? null
                : new IpAddress(isMapped(bytes) ? Arrays.copyOfRange(bytes, MAPPED_AT, IPV6_BYTES) : bytes);
    }

    /** 127.0.0.0/8 (RFC 1122 3.2.1.3) or {@code ::1} (RFC 4291 2.5.3). */
    public boolean isLoopback() {
        if (bytes.length == IPV4_BYTES) {
            return bytes[0] == 127;
        }
        return bytes[IPV6_BYTES - 1] == 1 && areZero(bytes, 0, IPV6_BYTES - 1);
    }

    /** 32 or 128. */
    int bits() {
        return bytes.length * Byte.SIZE;
    }

    /** Whether both are of one kind and have the first {@code prefix} bits in common. */
    boolean startsLike(IpAddress other, int prefix) {
        if (bytes.length != other.bytes.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit += Byte.SIZE) {
            int mask = prefix - bit >= Byte.SIZE ? 0xff : 0xff << (Byte.SIZE - (prefix - bit));
            if (((bytes[bit / Byte.SIZE] ^ other.bytes[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether all bits behind the first {@code prefix} ones are zero. */
    boolean endsIn(int prefix) {
        for (int bit = prefix; bit < bits(); bit++) {
            if ((bytes[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE) & 1) != 0) {
                return false;
            }
        }
        return true;
    }

    private static byte @Nullable [] bytes(String text) {
        if (text.indexOf(':') < 0) {
            byte[] address = new byte[IPV4_BYTES];
            return ipv4(text, address, 0) ? address : null;
        }
        int zone = text.indexOf('%');
        return zone < 0 ? ipv6(text) : zone + 1 == text.length() ? null : ipv6(text.substring(0, zone));
    }

    private static boolean ipv4(String text, byte[] into, int at) {
        int start = 0;
        for (int part = 0; part < IPV4_BYTES; part++) {
            int dot = text.indexOf('.', start);
            int end = part == IPV4_BYTES - 1 ? text.length() : dot;
            // A dot behind the last part is one too many.
            int value = end < 0 || (part == IPV4_BYTES - 1 && dot >= 0) ? -1 : octet(text, start, end);
            if (value < 0) {
                return false;
            }
            into[at + part] = (byte) value;
            start = end + 1;
        }
        return true;
    }

    /** A number up to 255, without zeros before it, or -1. */
    private static int octet(String text, int from, int to) {
        if (to == from || to - from > 3 || (to - from > 1 && text.charAt(from) == '0')) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value > 0xff ? -1 : value;
    }

    /** What stands before {@code ::} fills the address from its start, what stands behind it from its end. */
    private static byte @Nullable [] ipv6(String text) {
        int gap = text.indexOf("::");
        byte[] address = new byte[IPV6_BYTES];
        if (gap < 0) {
            return groups(text, address) == IPV6_BYTES ? address : null;
        }
        byte[] tail = new byte[IPV6_BYTES];
        String head = text.substring(0, gap);
        int before = head.contains(".") ? -1 : groups(head, address);
        int behind = groups(text.substring(gap + 2), tail);
        if (before < 0 || behind < 0 || before + behind > IPV6_BYTES - 2) {
            return null;
        }
        System.arraycopy(tail, 0, address, IPV6_BYTES - behind, behind);
        return address;
    }

    /** The number of bytes written, or -1. Only the last group may be dotted decimal. */
    private static int groups(String text, byte[] into) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] groups = text.split(":", -1);
        int at = 0;
        for (int i = 0; i < groups.length; i++) {
            boolean dotted = i == groups.length - 1 && groups[i].indexOf('.') >= 0;
            int size = dotted ? IPV4_BYTES : 2;
            if (at + size > IPV6_BYTES) {
                return -1;
            }
            if (dotted) {
                if (!ipv4(groups[i], into, at)) {
                    return -1;
                }
            } else if (groups[i].matches("[0-9A-Fa-f]{1,4}")) {
                int group = Integer.parseInt(groups[i], 16);
                into[at] = (byte) (group >> Byte.SIZE);
                into[at + 1] = (byte) group;
            } else {
                return -1;
            }
            at += size;
        }
        return at;
    }

    private static boolean isMapped(byte[] address) {
        return address.length == IPV6_BYTES
                && areZero(address, 0, MAPPED_AT - 2)
                && address[MAPPED_AT - 2] == (byte) 0xff
                && address[MAPPED_AT - 1] == (byte) 0xff;
    }

    private static boolean areZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
