package dev.cardea.certificate;

import dev.cardea.fuzz.Oracle;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Whatever stands in a proxy's field: refused, or read as the one certificate that it is; and nothing that a client may have written
 * before or behind what the proxy wrote makes another certificate of it. A fuzz target; {@code docs/how-to/fuzzing.md} says how it runs.
 */
public final class CertificateFieldFuzz {
    private static final String ELEMENT = "By=a;Hash=" + Samples.HASH + ";Subject=\"CN=b\"";

    private CertificateFieldFuzz() {}

    /** What stands behind the first zero byte is a client's. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        int zero = text.indexOf('\0');
        String value = zero < 0 ? text : text.substring(0, zero);
        base64(value);
        Oracle.require(same(HeaderFormat.NGINX, value, HeaderFormat.ALB, value), "one way to read PEM");
        envoy(value, zero < 0 ? "" : text.substring(zero + 1));
    }

    private static void base64(String value) {
        byte[] read = read(HeaderFormat.RFC9440, value);
        if (read != null) {
            byte[] der = Base64.getDecoder().decode(value.substring(1, value.length() - 1));
            Oracle.require(Arrays.equals(read, digest(der)), "the digest of what is between the colons");
            Oracle.require(der.length >= 8 && der[0] == 0x30, "a sequence");
            Oracle.require(same(HeaderFormat.RFC9440, value, HeaderFormat.HAPROXY, value), "colons do no harm");
        }
        byte[] bare = read(HeaderFormat.HAPROXY, value);
        Oracle.require(bare == null || bare.length == 32, "a digest");
    }

    private static void envoy(String value, String clients) {
        byte[] read = read(HeaderFormat.ENVOY, value);
        if (read != null) {
            Oracle.require(read.length == 32, "a digest");
            for (String key : new String[] {"URI", "DNS"}) {
                unchanged(read, value + ";" + key + "=" + clients);
            }
        }
        unchanged(Samples.THUMBPRINT, clients + "," + ELEMENT);
    }

    private static void unchanged(byte[] before, String field) {
        byte[] now = read(HeaderFormat.ENVOY, field);
        Oracle.require(now == null || Arrays.equals(now, before), "the proxy's word, or none");
    }

    private static boolean same(HeaderFormat one, String ones, HeaderFormat other, String others) {
        return Arrays.equals(read(one, ones), read(other, others));
    }

    private static byte @Nullable [] read(HeaderFormat format, String value) {
        try {
            return format.thumbprint(value);
        } catch (MalformedCertificateException e) {
            return null;
        }
    }

    private static byte[] digest(byte[] der) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(der);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Those that proxies sent, small ones of each format, and both with pieces exchanged. */
    public static List<String> seeds() {
        String outline = Samples.base64(new byte[] {0x30, 6, 0x30, 0, 0x30, 0, 0x03, 0});
        String pem = "-----BEGIN CERTIFICATE-----\n" + outline + "\n-----END CERTIFICATE-----\n";
        List<String> good = List.of(
                Samples.RFC9440,
                Samples.NGINX_ESCAPED,
                Samples.NGINX_TABS,
                Samples.HAPROXY,
                Samples.envoy(),
                ":" + outline + ":",
                '"' + outline + '"',
                pem,
                Samples.alb(pem),
                ELEMENT + "\0a,Hash=" + "0".repeat(64),
                "Hash=" + "0".repeat(64) + "," + ELEMENT + "\0a;Cert=\"" + Samples.envoyCert(pem) + '"',
                ELEMENT + "\0a=\"");
        List<String> seeds = new ArrayList<>(good);
        Random random = new Random(9440);
        for (int i = 0; i < 60; i++) {
            seeds.add(HeaderFormatTest.changed(good.get(random.nextInt(good.size())), good, random));
        }
        return seeds;
    }
}
