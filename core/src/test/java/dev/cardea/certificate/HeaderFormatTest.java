package dev.cardea.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cardea.reject.Reason;
import dev.cardea.reject.RejectedException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderFormatTest {
    private static final String ODD = ":;,=\"\\%-+/A0 \t\n\r\0\u00e4\u0660\uffff";
    private static final String TOO_MUCH = "x".repeat(HeaderFormat.MAX_LENGTH);

    @ParameterizedTest
    @MethodSource
    @Tag("M12")
    void readsTheSameCertificate(String what, HeaderFormat format, String value) throws Exception {
        assertThat(Samples.thumbprint(format, value)).as(what).isEqualTo(Samples.THUMBPRINT);
    }

    static Stream<Object[]> readsTheSameCertificate() {
        String pem = Samples.CLIENT_PEM;
        return Stream.of(
                row("HAProxy 2.6, :%[ssl_c_der,base64]:", HeaderFormat.RFC9440, Samples.RFC9440),
                row("without padding", HeaderFormat.RFC9440, Samples.RFC9440.replace("=", "")),
                row("nginx 1.22, $ssl_client_escaped_cert", HeaderFormat.NGINX, Samples.NGINX_ESCAPED),
                row("nginx 1.22, $ssl_client_cert", HeaderFormat.NGINX, Samples.NGINX_TABS),
                row("the same unfolded", HeaderFormat.NGINX, Samples.NGINX_TABS.replace("\n\t", " ")),
                row("lower-case escapes", HeaderFormat.NGINX, lowerCaseEscapes(Samples.NGINX_ESCAPED)),
                row("AWS, verify", HeaderFormat.ALB, Samples.alb(pem)),
                row("AWS, passthrough", HeaderFormat.ALB, Samples.alb(pem + Samples.ISSUER_PEM)),
                row("HAProxy 2.6, %[ssl_c_der,base64]", HeaderFormat.HAPROXY, Samples.HAPROXY),
                row("in quotes", HeaderFormat.HAPROXY, '"' + Samples.HAPROXY + '"'),
                row("in colons", HeaderFormat.HAPROXY, Samples.RFC9440),
                row("in both", HeaderFormat.HAPROXY, '"' + Samples.RFC9440 + '"'),
                row("Envoy, everything", HeaderFormat.ENVOY, Samples.envoy()),
                row("Envoy, the digest", HeaderFormat.ENVOY, "Hash=" + Samples.HASH),
                row("Envoy, upper case", HeaderFormat.ENVOY, "HASH=" + Samples.HASH.toUpperCase(Locale.ROOT)),
                row("Envoy, the certificate", HeaderFormat.ENVOY, "Cert=\"" + Samples.envoyCert(pem) + '"'));
    }

    @ParameterizedTest
    @MethodSource
    @Tag("M03")
    void theThumbprintIsOfTheDerHoweverThePemIsWritten(String what, UnaryOperator<String> change) throws Exception {
        String changed = change.apply(Samples.CLIENT_PEM);
        assertThat(changed).isNotEqualTo(Samples.CLIENT_PEM);
        for (HeaderFormat format : new HeaderFormat[] {HeaderFormat.NGINX, HeaderFormat.ALB}) {
            assertThat(Samples.thumbprint(format, Samples.alb(changed)))
                    .as(what)
                    .isEqualTo(Samples.THUMBPRINT);
        }
        assertThat(Samples.thumbprint(HeaderFormat.ENVOY, "Cert=\"" + Samples.alb(changed) + '"'))
                .isEqualTo(Samples.THUMBPRINT);
    }

    static Stream<Object[]> theThumbprintIsOfTheDerHoweverThePemIsWritten() {
        return Stream.of(
                change("CRLF", pem -> pem.replace("\n", "\r\n")),
                change("CR", pem -> pem.replace("\n", "\r")),
                change("one line", pem -> pem.replaceAll("(?<=[^-])\n(?=[^-])", "")),
                change("no break at the end", String::strip),
                change("text before and behind", pem -> "subject: CN=a, O=b\n" + pem + "further: text, too\n"),
                change("a label in a name", pem -> "CN=-----BEGIN CERTIFICATE-----MIIB\n" + pem),
                change("the issuer's behind", pem -> pem + Samples.ISSUER_PEM));
    }

    @ParameterizedTest
    @MethodSource
    @Tag("M09")
    @Tag("M12")
    @Tag("M15")
    void refusesWhatIsNotOneCertificate(String fault, HeaderFormat format, String valid, String faulty)
            throws Exception {
        assertThat(Samples.thumbprint(format, valid)).isEqualTo(Samples.THUMBPRINT);
        assertThatExceptionOfType(RejectedException.class)
                .as(fault)
                .isThrownBy(() -> Samples.thumbprint(format, faulty))
                .satisfies(e -> assertThat(e.rejection().reason()).isEqualTo(Reason.CERTIFICATE_MALFORMED))
                .satisfies(e -> assertThat(e.rejection().reason().status()).isEqualTo(401))
                .withMessageContaining(format.field())
                .withMessageContaining("header-format=" + format.word())
                .withMessageNotContaining("MII");
    }

    static Stream<Object[]> refusesWhatIsNotOneCertificate() {
        return Stream.of(
                        ofRfc9440(),
                        ofPem(HeaderFormat.NGINX),
                        ofPem(HeaderFormat.ALB),
                        ofHaproxy(),
                        ofEnvoy(),
                        ofDer())
                .flatMap(rows -> rows);
    }

    private static Stream<Object[]> ofRfc9440() {
        String valid = Samples.RFC9440;
        return Stream.of(
                fault("no colons", HeaderFormat.RFC9440, valid, value -> value.substring(1, value.length() - 1)),
                fault(
                        "no colon at the end",
                        HeaderFormat.RFC9440,
                        valid,
                        value -> value.substring(0, value.length() - 1)),
                fault("one colon", HeaderFormat.RFC9440, valid, value -> ":"),
                fault("nothing between colons", HeaderFormat.RFC9440, valid, value -> "::"),
                fault("a list", HeaderFormat.RFC9440, valid, value -> value + ", " + value),
                fault("parameters", HeaderFormat.RFC9440, valid, value -> value + ";a=1"),
                fault("a string", HeaderFormat.RFC9440, valid, value -> value.replace(':', '"')),
                fault("URL-safe base64", HeaderFormat.RFC9440, valid, value -> value.replace('/', '_')),
                fault("white space", HeaderFormat.RFC9440, valid, value -> value.replace("MII", "MII ")),
                fault("PEM", HeaderFormat.RFC9440, valid, value -> Samples.NGINX_ESCAPED),
                fault("too long", HeaderFormat.RFC9440, valid, value -> ":" + TOO_MUCH + ":"));
    }

    private static Stream<Object[]> ofPem(HeaderFormat format) {
        String valid = Samples.alb(Samples.CLIENT_PEM);
        String issuer = Samples.alb(Samples.ISSUER_PEM);
        return Stream.of(
                fault("no label", format, valid, value -> value.replace("-----BEGIN%20CERTIFICATE-----", "")),
                fault("no end", format, valid, value -> value.replace("-----END%20CERTIFICATE-----", "")),
                fault("another end", format, valid, value -> value.replace("END%20CERT", "END%20X509%20CERT")),
                fault("another label", format, valid, value -> value.replace("CERTIFICATE", "PUBLIC%20KEY")),
                fault("nothing but labels", format, valid, value -> value.replaceAll("%0AM.*==?%0A", "%0A")),
                fault("a label within a line", format, valid, value -> "CN=" + value),
                fault("cut short", format, valid, value -> value.substring(0, value.length() / 2)),
                fault("plus signs as spaces", format, valid, value -> value.replace("%20", "+")),
                fault("half an escape", format, valid, value -> value + "%2"),
                fault("no hexadecimal digits", format, valid, value -> value.replaceFirst("%0A", "%0G")),
                fault("digits of another script", format, valid, value -> value.replaceFirst("%0A", "%\u0660A")),
                fault("encoded twice", format, valid, value -> value.replace("%", "%25")),
                fault("joined to another proxy's", format, valid, value -> value + "," + value),
                fault("joined to a client's own", format, valid, value -> issuer + ", " + value),
                fault("a character that is not base64", format, valid, value -> value.replace("MII", "M!I")),
                fault("a header of PEM", format, valid, value -> value.replace("%0AMII", "%0Aa:%20b%0AMII")),
                fault("too long", format, valid, value -> value + TOO_MUCH));
    }

    private static Stream<Object[]> ofHaproxy() {
        String valid = Samples.HAPROXY;
        return Stream.of(
                fault("PEM", HeaderFormat.HAPROXY, valid, value -> Samples.CLIENT_PEM),
                fault("a chain", HeaderFormat.HAPROXY, valid, value -> Samples.base64(concatenated())),
                fault("one quote", HeaderFormat.HAPROXY, valid, value -> value + '"'),
                fault("a quote alone", HeaderFormat.HAPROXY, valid, value -> "\""),
                fault("nothing in quotes", HeaderFormat.HAPROXY, valid, value -> "\"\""),
                fault("one colon", HeaderFormat.HAPROXY, valid, value -> ":" + value),
                fault("a list", HeaderFormat.HAPROXY, valid, value -> value + "," + value),
                fault("hexadecimal", HeaderFormat.HAPROXY, valid, value -> Samples.HASH),
                fault("too long", HeaderFormat.HAPROXY, valid, value -> TOO_MUCH + "x"));
    }

    private static Stream<Object[]> ofEnvoy() {
        String valid = Samples.envoy();
        String other = Samples.hash(Samples.issuer());
        return Stream.of(
                fault("no value", HeaderFormat.ENVOY, valid, value -> "Hash"),
                fault("neither digest nor certificate", HeaderFormat.ENVOY, valid, value -> "By=a;Subject=\"CN=b\""),
                fault("half a digest", HeaderFormat.ENVOY, valid, value -> "Hash=" + Samples.HASH.substring(32)),
                fault("no hexadecimal", HeaderFormat.ENVOY, valid, value -> "Hash=" + Samples.HASH.replace('b', 'x')),
                fault("no certificate", HeaderFormat.ENVOY, valid, value -> "Cert=\"a\""),
                fault("another's digest", HeaderFormat.ENVOY, valid, value -> value.replace(Samples.HASH, other)),
                fault("two digests", HeaderFormat.ENVOY, valid, value -> "Hash=" + Samples.HASH + ";" + value),
                fault("an open quote", HeaderFormat.ENVOY, valid, value -> value + ";Subject=\"a"),
                fault("a quote that is escaped", HeaderFormat.ENVOY, valid, value -> value + ";Subject=\"a\\\""),
                fault("a backslash at the end", HeaderFormat.ENVOY, valid, value -> value + ";Subject=\"a\\"),
                fault("something behind a quote", HeaderFormat.ENVOY, valid, value -> value + ";Subject=\"a\"b"),
                fault("a quote within a value", HeaderFormat.ENVOY, valid, value -> value + "a\"b"),
                fault("a semicolon at the end", HeaderFormat.ENVOY, valid, value -> value + ";"),
                fault("a comma at the end", HeaderFormat.ENVOY, valid, value -> "Hash=" + Samples.HASH + ","),
                fault("no key", HeaderFormat.ENVOY, valid, value -> "=" + Samples.HASH),
                fault("a separator in a key", HeaderFormat.ENVOY, valid, value -> "a,b;Hash=" + Samples.HASH),
                fault("too long", HeaderFormat.ENVOY, valid, value -> value + TOO_MUCH));
    }

    private static Stream<Object[]> ofDer() {
        byte[] der = Samples.der(Samples.CLIENT_PEM);
        return Stream.of(
                der("one byte", new byte[] {0x30}),
                der("an empty sequence", new byte[] {0x30, 0}),
                der("a byte behind", Arrays.copyOf(der, der.length + 1)),
                der("a byte less", Arrays.copyOf(der, der.length - 1)),
                der("a second certificate behind", concatenated()),
                der("a set", with(der, 0, 0x31)),
                der("an indefinite length", with(der, 1, 0x80)),
                der("a length of four octets", with(der, 1, 0x84)),
                der("a longer length than need be", new byte[] {0x30, (byte) 0x81, 2, 0x30, 0}),
                der("a length with a leading zero", new byte[] {0x30, (byte) 0x82, 0, 2, 0x30, 0}),
                der("a length beyond the end", new byte[] {0x30, 0x7f, 0x30, 0}),
                der("a length that is cut off", new byte[] {0x30, (byte) 0x82, 1}),
                der("no signature", new byte[] {0x30, 4, 0x30, 0, 0x30, 0}),
                der("an octet string for a signature", new byte[] {0x30, 6, 0x30, 0, 0x30, 0, 0x04, 0}),
                der("a fourth part", new byte[] {0x30, 8, 0x30, 0, 0x30, 0, 0x03, 0, 0x30, 0}));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 0x77, 0x78, 0x79, 0x7f, 0x80, 0xff, 0x100, 20_000})
    @Tag("M15")
    void nothingWithinTheOutlineOfACertificateIsRead(int length) throws Exception {
        byte[] parts = concatenated(new byte[] {0x30, 0, 0x30, 0}, element(0x03, new byte[length]));
        byte[] der = element(0x30, parts);
        assertThat(Samples.thumbprint(HeaderFormat.HAPROXY, Samples.base64(der)))
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(der));
    }

    @Test
    @Tag("M15")
    void aFieldMayBeAsLongAsItMayBe() throws Exception {
        String pem = Samples.alb(Samples.CLIENT_PEM);
        String text = "x".repeat(HeaderFormat.MAX_LENGTH - pem.length());
        assertThat(Samples.thumbprint(HeaderFormat.ALB, pem + text)).isEqualTo(Samples.THUMBPRINT);
    }

    /** X.690 10.1: the length in as few octets as possible. */
    private static byte[] element(int tag, byte[] content) {
        int length = content.length;
        byte[] head = length < 0x80
                ? new byte[] {(byte) tag, (byte) length}
                : length < 0x100
                        ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                        : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> Byte.SIZE), (byte) length};
        return concatenated(head, content);
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Samples with pieces cut out, doubled, swapped with other samples', and single characters changed. */
    @ParameterizedTest
    @EnumSource
    @Tag("M15")
    void whateverTheFieldSaysIsReadOrRefused(HeaderFormat format) {
        Random random = new Random(8705);
        List<String> samples =
                List.of(Samples.RFC9440, Samples.NGINX_ESCAPED, Samples.NGINX_TABS, Samples.HAPROXY, Samples.envoy());
        int read = 0;
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            String value = changed(samples.get(random.nextInt(samples.size())), samples, random);
            try {
                assertThat(format.thumbprint(value)).hasSize(32);
                read++;
            } catch (MalformedCertificateException e) {
                refused++;
            }
        }
        assertThat(read).as("read").isPositive();
        assertThat(refused).as("refused").isPositive();
    }

    static String changed(String sample, List<String> samples, Random random) {
        StringBuilder value = new StringBuilder(sample);
        for (int change = random.nextInt(3); change > 0 && value.length() > 0; change--) {
            int at = random.nextInt(value.length());
            int end = at + random.nextInt(value.length() - at);
            String other = samples.get(random.nextInt(samples.size()));
            switch (random.nextInt(4)) {
                case 0 -> value.delete(at, end);
                case 1 -> value.insert(at, value.substring(at, end));
                case 2 -> value.replace(at, end, other.substring(random.nextInt(other.length())));
                default -> value.setCharAt(at, ODD.charAt(random.nextInt(ODD.length())));
            }
        }
        return value.toString();
    }

    @ParameterizedTest
    @EnumSource
    void isNamedAsInSettings(HeaderFormat format) {
        assertThat(HeaderFormat.named(format.word())).isSameAs(format);
        assertThat(format.word()).isLowerCase().matches("[a-z0-9]+");
    }

    private static byte[] concatenated() {
        return concatenated(Samples.der(Samples.CLIENT_PEM), Samples.der(Samples.ISSUER_PEM));
    }

    private static byte[] with(byte[] der, int at, int octet) {
        byte[] changed = der.clone();
        changed[at] = (byte) octet;
        return changed;
    }

    private static String lowerCaseEscapes(String value) {
        return value.replace("%2B", "%2b")
                .replace("%2F", "%2f")
                .replace("%0A", "%0a")
                .replace("%3D", "%3d");
    }

    private static Object[] row(String what, HeaderFormat format, String value) {
        return new Object[] {what, format, value};
    }

    private static Object[] change(String what, UnaryOperator<String> change) {
        return new Object[] {what, change};
    }

    private static Object[] fault(String what, HeaderFormat format, String valid, UnaryOperator<String> fault) {
        return new Object[] {format.word() + ": " + what, format, valid, fault.apply(valid)};
    }

    private static Object[] der(String what, byte[] der) {
        return new Object[] {"DER: " + what, HeaderFormat.HAPROXY, Samples.HAPROXY, Samples.base64(der)};
    }
}
