package dev.cardea.testkit.contract;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is neither a token nor a mistake. Refused by the product or by its server, never with a 5xx, and life goes on. */
abstract class GarbageContract extends CredentialsContract {

    static Stream<Arguments> garbage() {
        return Stream.of(
                Arguments.of("a megabyte", "Bearer " + "a".repeat(1 << 20)),
                Arguments.of("64 KiB", "Bearer " + "a".repeat(1 << 16)),
                Arguments.of("9 KiB", "Bearer " + "a".repeat(9 * 1024)),
                Arguments.of("a hundred thousand dots", "Bearer " + ".".repeat(100_000)),
                Arguments.of("two thousand dots", "Bearer " + ".".repeat(2_000)),
                Arguments.of("equals signs only", "Bearer ===="),
                Arguments.of("one dot", "Bearer ."),
                Arguments.of("two dots", "Bearer .."),
                Arguments.of("four dots", "Bearer ...."),
                Arguments.of("bytes above 127", "Bearer " + bytes(0x80, 0x100)),
                Arguments.of("control characters", "Bearer " + bytes(1, 10) + bytes(14, 32)),
                Arguments.of("NUL", "Bearer a\0b"),
                Arguments.of("carriage return", "Bearer a\rb"),
                Arguments.of("an injected field", "Bearer a\r\nX-Injected: b\r\n c"),
                Arguments.of("a header that is JSON and no JOSE", "Bearer e30.e30.e30"),
                Arguments.of("a header that is no JSON", "Bearer AAAA.AAAA.AAAA"),
                Arguments.of("deep JSON", "Bearer W1tbW1tbW1tb.W1tbW1tbW1tb.W1tb"),
                Arguments.of("no value", ""),
                Arguments.of("spaces", " ".repeat(5_000)),
                Arguments.of("no scheme", "eyJhbGciOiJub25lIn0.e30."),
                Arguments.of("a scheme of 8 KiB", "B".repeat(8 * 1024) + " x"),
                Arguments.of("a format string", "Bearer %s%n%x${jndi:ldap://127.0.0.1/a}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.cardea.testkit.contract.GarbageContract#garbage")
    @Tag("B03")
    @Tag("B14")
    @Tag("B18")
    void garbageIsRefusedAndLifeGoesOn(String what, String authorization) throws Exception {
        Expect.refusedSomehow(ordersAs(authorization));
        Expect.refusedSomehow(http().get("/plain/servlet")
                .header("Authorization", authorization)
                .send());
        Expect.granted(ordersWith(tokens().jwt(READ)));
    }

    @Test
    @Tag("B05")
    void hundredsOfDifferentAuthorizationHeadersAreRefused() throws Exception {
        RawRequest request = orders();
        for (int i = 0; i < 300; i++) {
            request = request.bearer("token" + i);
        }

        Expect.refusedSomehow(request.send());
        Expect.granted(ordersWith(tokens().jwt(READ)));
    }

    private static String bytes(int from, int to) {
        return IntStream.range(from, to)
                .collect(StringBuilder::new, (text, c) -> text.append((char) c), StringBuilder::append)
                .toString();
    }
}
