package dev.cardea.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedJsonTest {
    private static final JsonLimits LIMITS = JsonLimits.ofBytes(16_384);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " \t\r\n{ } \n",
                "{\"\":0}",
                "{\"a\":null,\"b\":true,\"c\":false}",
                "{\"a\":[],\"b\":{},\"c\":[[],{}],\"d\":[1,\"2\",null]}",
                "{\"a\" : [ 1 , 2 ] , \"b\" : { \"c\" : 3 } }",
                "{\"a\":-0,\"b\":0,\"c\":10,\"d\":0.5,\"e\":-1.25e-3,\"f\":1E+2,\"g\":1e2,\"h\":0e0,\"i\":-0.0}",
                "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\uabCD\"}",
                "{\"a\":\"\\ud83d\\ude00\",\"b\":\"\ud83d\ude00\"}",
                "{\"a\":\"\\u0000\"}",
                "{\"a\":\"\u007f\u0080\u2028\u2029\ufeff\uffff\"}",
                "{\"a\":1e308,\"b\":1e-400}",
                "{\"a\":{\"x\":1},\"b\":{\"x\":1}}",
            })
    void reads(String text) throws MalformedJsonException {
        assertThat(read(text)).isNotNull();
    }

    @Tag("W19")
    @Tag("refuses")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "1",
                "\"a\"",
                "[]",
                "[{}]",
                "{",
                "}",
                "{}}",
                "{}{}",
                "{} x",
                "{},",
                "{}\u0000",
                "\u0000{}",
                "\ufeff{}",
                "\u00a0{}",
                "{}\u2028",
                "{\f}",
                "{a:1}",
                "{'a':1}",
                "{1:1}",
                "{null:1}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\" 1}",
                "{\"a\"::1}",
                "{\"a\":1,}",
                "{,\"a\":1}",
                "{\"a\":1,,\"b\":2}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":1;\"b\":2}",
                "{\"a\":1",
                "{\"a\":1]",
                "{\"a\":[1}",
                "{\"a\":[1,]}",
                "{\"a\":[,1]}",
                "{\"a\":[1,,2]}",
                "{\"a\":[1 2]}",
                "{\"a\":[",
                "{/*c*/}",
                "{\"a\":1}//c",
                "{#\n}",
                "{\"a\":01}",
                "{\"a\":-01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":5.}",
                "{\"a\":5.e1}",
                "{\"a\":1e}",
                "{\"a\":1e+}",
                "{\"a\":1e1.5}",
                "{\"a\":-}",
                "{\"a\":--1}",
                "{\"a\":0x1}",
                "{\"a\":1_000}",
                "{\"a\":1f}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":-Infinity}",
                "{\"a\":\u0661}",
                "{\"a\":1e400}",
                "{\"a\":-1e400}",
                "{\"a\":123456789012345678901234567890123}",
                "{\"a\":True}",
                "{\"a\":tru}",
                "{\"a\":nul",
                "{\"a\":truee}",
                "{\"a\":undefined}",
                "{\"a\":\"}",
                "{\"a\":\"\\\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\u0000\"}",
                "{\"a\":\"\\x41\"}",
                "{\"a\":\"\\'\"}",
                "{\"a\":\"\\U0041\"}",
                "{\"a\":\"\\u004\"}",
                "{\"a\":\"\\u004g\"}",
                "{\"a\":\"\\u\uff11\uff11\uff11\uff11\"}",
                "{\"a\":\"\\ud83d\"}",
                "{\"a\":\"\\ud83dx\"}",
                "{\"a\":\"\\ud83d\\n\"}",
                "{\"a\":\"\\ud83d\\u0041\"}",
                "{\"a\":\"\\ud83d\\ud83d\"}",
                "{\"a\":\"\\ude00\"}",
                "{\"\\ude00\":1}",
            })
    void refusesWhatIsNoObjectOfTheGrammar(String text) {
        assertMalformed(text.getBytes(StandardCharsets.UTF_8));
    }

    @Tag("T14")
    @Tag("accepts")
    @Tag("refuses")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"%s\":2}",
                "{\"a\":null,\"%s\":2}",
                "{\"a\":null,\"%s\":null}",
                "{\"x\":{\"a\":1,\"%s\":2}}",
                "{\"x\":[{\"a\":1,\"b\":0,\"%s\":2}]}",
            })
    void refusesARepeatedNameAtEveryLevelHoweverItIsSpelled(String template) throws MalformedJsonException {
        assertThat(read(template.formatted("A"))).isNotNull();
        assertMalformed(utf8(template.formatted("a")));
        assertMalformed(utf8(template.formatted("\\u0061")));
    }

    @Tag("W09")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void refusesWhatIsNotUtf8() throws MalformedJsonException {
        assertThat(read("{\"a\":\"\u00e9\"}")).containsEntry("a", "\u00e9");
        assertMalformed("{\"a\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertMalformed("{\"a\":1}".getBytes(StandardCharsets.UTF_16));
        assertMalformed(inString(0xc0, 0x80));
        assertMalformed(inString(0xed, 0xa0, 0xbd));
        assertMalformed(inString(0xf4, 0x90, 0x80, 0x80));
        assertMalformed(inString(0xe2, 0x82));
    }

    @Tag("W19")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void refusesOneByteMoreThanAllowed() throws MalformedJsonException {
        byte[] text = utf8("{\"a\":1}");
        assertThat(BoundedJson.readObject(text, JsonLimits.ofBytes(text.length)))
                .containsEntry("a", 1L);
        assertMalformed(text, JsonLimits.ofBytes(text.length - 1));
    }

    @Tag("W19")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void countsObjectsAndArraysAsDepth() throws MalformedJsonException {
        assertThat(read("{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}")).containsKey("a");
        assertMalformed(utf8("{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}"));
        assertThat(read("{\"a\":".repeat(31) + "{}" + "}".repeat(31))).containsKey("a");
        assertMalformed(utf8("{\"a\":".repeat(32) + "{}" + "}".repeat(32)));
    }

    @Tag("W19")
    @Tag("refuses")
    @Test
    void survivesAMegabyteOfBrackets() {
        JsonLimits large = JsonLimits.ofBytes(2_000_000);
        assertMalformed(utf8("{\"a\":" + "[".repeat(1_000_000)), large);
        assertMalformed(utf8("{\"a\":".repeat(200_000)), large);
    }

    @Tag("W19")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void countsMembersAndElementsTogether() throws MalformedJsonException {
        JsonLimits four = new JsonLimits(100, 32, 4, 100, 32);
        assertThat(BoundedJson.readObject(utf8("{\"a\":[1,2],\"b\":3}"), four)).hasSize(2);
        assertMalformed(utf8("{\"a\":[1,2,3],\"b\":3}"), four);
    }

    @Tag("W19")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void boundsStringsAndNames() throws MalformedJsonException {
        JsonLimits five = new JsonLimits(100, 32, 10, 5, 32);
        assertThat(BoundedJson.readObject(utf8("{\"abcde\":\"12345\"}"), five)).containsEntry("abcde", "12345");
        assertMalformed(utf8("{\"abcdef\":\"12345\"}"), five);
        assertMalformed(utf8("{\"abcde\":\"123456\"}"), five);
    }

    @Test
    void takesAnIntegerBeyondLongForWhatItIs() throws MalformedJsonException {
        assertThat(read("{\"a\":9223372036854775807,\"b\":9223372036854775808,\"c\":1.5}"))
                .containsEntry("a", Long.MAX_VALUE)
                .containsEntry("b", BigInteger.ONE.shiftLeft(63))
                .containsEntry("c", 1.5);
    }

    @Test
    void keepsOrderAndTypes() throws MalformedJsonException {
        Map<String, Object> object = read("{\"z\":[true,null],\"a\":{\"b\":\"\\ud83d\\ude00\"}}");

        assertThat(object.keySet()).containsExactly("z", "a");
        assertThat(((List<?>) object.get("z")).get(0)).isEqualTo(true);
        assertThat(object.get("a")).isEqualTo(Map.of("b", "\ud83d\ude00"));
    }

    @Test
    void saysNothingOfTheInput() {
        for (String text : List.of("{\"s3cret\":1,\"s3cret\":2}", "{\"a\":s3cret}", "{\"a\":\"\\s3cret\"}", "s3cret")) {
            assertThatExceptionOfType(MalformedJsonException.class)
                    .isThrownBy(() -> read(text))
                    .satisfies(e -> assertThat(e.toString()).doesNotContain("s3cret"))
                    .satisfies(e -> assertThat(e.getCause()).isNull())
                    .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
        }
    }

    /** What the grammar passes jose4j reads, and the reverse of what is written here is what is read. */
    @Test
    void readsWhateverIsWrittenCorrectly() throws MalformedJsonException {
        Random random = new Random(7519);
        for (int i = 0; i < 3_000; i++) {
            RandomJson json = new RandomJson(random);
            Map<String, Object> object = json.object(4);
            assertThat(read(json.text())).isEqualTo(object);
        }
    }

    /** One character changed anywhere: never anything but an object or the one exception, as the slow reference says. */
    @Test
    void agreesWithTheSlowGrammarOnDamagedTexts() {
        Random random = new Random(8259);
        String alphabet = "{}[]\",:\\/u0019-+.eE tfn\n\u0000a\u00e9\ud83d\ude00";
        int accepted = 0;
        for (int i = 0; i < 20_000; i++) {
            RandomJson json = new RandomJson(random);
            json.object(3);
            StringBuilder text = new StringBuilder(json.text());
            int at = random.nextInt(text.length());
            char c = alphabet.charAt(random.nextInt(alphabet.length()));
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, c);
                case 1 -> text.insert(at, c);
                default -> text.deleteCharAt(at);
            }
            boolean expected = SlowJsonGrammar.accepts(text.toString());
            assertThat(grammarAccepts(text.toString())).as(text.toString()).isEqualTo(expected);
            accepted += expected ? 1 : 0;
        }
        assertThat(accepted).isBetween(1_000, 19_000);
    }

    private static boolean grammarAccepts(String text) {
        try {
            JsonGrammar.requireObject(text, LIMITS);
            return true;
        } catch (MalformedJsonException e) {
            return false;
        }
    }

    private static byte[] inString(int... bytes) {
        byte[] text = utf8("{\"a\":\"" + "x".repeat(bytes.length) + "\"}");
        for (int i = 0; i < bytes.length; i++) {
            text[6 + i] = (byte) bytes[i];
        }
        return text;
    }

    private static void assertMalformed(byte[] text) {
        assertMalformed(text, LIMITS);
    }

    private static void assertMalformed(byte[] text, JsonLimits limits) {
        assertThatExceptionOfType(MalformedJsonException.class).isThrownBy(() -> BoundedJson.readObject(text, limits));
    }

    private static Map<String, Object> read(String text) throws MalformedJsonException {
        return BoundedJson.readObject(utf8(text), LIMITS);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
