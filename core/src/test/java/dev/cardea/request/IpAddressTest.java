package dev.cardea.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("B19")
class IpAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "::1",
                "0:0:0:0:0:0:0:1",
                "0000:0000:0000:0000:0000:0000:0000:0001",
                "::ffff:127.0.0.1",
                "::FFFF:7f00:1",
                "0:0:0:0:0:ffff:127.0.0.1",
                "::1%lo"
            })
    void knowsThisMachine(String text) {
        assertThat(IpAddress.parse(text).isLoopback()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "128.0.0.1",
                "126.255.255.255",
                "0.0.0.0",
                "10.0.0.1",
                "::",
                "::2",
                "1::1",
                "::127.0.0.1",
                "::ffff:128.0.0.1"
            })
    void knowsOthers(String text) {
        assertThat(IpAddress.parse(text).isLoopback()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "127.1",
                "127.0.0.01",
                "0177.0.0.1",
                "0x7f.0.0.1",
                "2130706433",
                "127.0.0.256",
                "127.0.0.1.",
                "127.0.0.1.1",
                "127.0.0",
                " 127.0.0.1",
                "127.0.0.1 ",
                "127.0.0.1:80",
                "127.0.0.1%lo",
                "[::1]",
                ":1",
                "1:",
                ":::1",
                "::1::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8",
                "::12345",
                "::g",
                "::1%",
                "::127.0.0.01",
                "127.0.0.1::",
                "::127.0.0.1:1",
                "::-1",
                "\u0661::"
            })
    void takesNothingElseForAnAddress(String text) {
        assertThat(IpAddress.parse(text)).isNull();
        assertThat(IpAddress.parse(null)).isNull();
        assertThat(IpAddress.parse("1".repeat(1_000_000))).isNull();
    }

    @Test
    void readsAddressesAsTheJdkDoes() throws Exception {
        Random random = new Random(19);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(bytes);
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = random.nextInt(3) == 0 ? 0 : bytes[j];
            }
            String text = InetAddress.getByAddress(bytes).getHostAddress();
            IpAddress address = IpAddress.parse(text);

            assertThat(address.isLoopback())
                    .isEqualTo(InetAddress.getByAddress(bytes).isLoopbackAddress());
            assertThat(address.startsLike(IpAddress.parse(shortened(text)), address.bits()))
                    .as(text)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "10.0.0.0/8, a00::, false",
        "128.0.0.0/1, 255.0.0.0, true",
        "128.0.0.0/1, 127.0.0.0, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.200, true",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "2001:db8::1, 2001:DB8:0::1, true",
        "2001:db8::/33, 2001:db8:8000::, false",
        "::1/128, ::1, true"
    })
    void aRangeHoldsWhatBeginsLikeIt(String range, String address, boolean held) {
        assertThat(AddressRange.parse(range).contains(IpAddress.parse(address))).isEqualTo(held);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0/0",
                "::/0",
                "10.0.0.0/33",
                "::/129",
                "10.0.0.1/8",
                "2001:db8::1/32",
                "10.0.0.0/",
                "10.0.0.0/08",
                "10.0.0.0/-8",
                "10.0.0.0/8/8",
                "10.0.0.0/ 8",
                "10.0.0.0/255.0.0.0",
                "/8",
                "proxy.example",
                "*",
                "::ffff:10.0.0.0/104",
                "::ffff:a00:0/104",
                "::ffff:10.0.0.1",
                "fe80::%eth0/10"
            })
    void aRangeThatIsNoneIsRefused(String range) {
        assertThat(AddressRange.parse(range)).isNull();
    }

    /** The longest run of zeros is what people leave out; any will do here. */
    private static String shortened(String address) {
        return address.replaceFirst("(^|:)0:0(:0)*(:|$)", "::");
    }
}
