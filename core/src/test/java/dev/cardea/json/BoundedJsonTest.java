package dev.cardea.json;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
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

    /** The reverse of what is written here is what is read, and what jose4j reads, in the same order. */
    @Test
    void readsWhateverIsWrittenCorrectly() throws Exception {
        Random random = new Random(7519);
        for (int i = 0; i < 3_000; i++) {
            RandomJson json = new RandomJson(random);
            Map<String, Object> object = json.object(4);
            assertThat(read(json.text())).isEqualTo(object);
            assertSameAsByJose4j(json.text());
        }
    }

    /** Type by type: jose4j's parser was the one that decided what a claim is in Java, and applications rely on that. */
    @Test
    void givesEverySpellingOfANumberTheTypeThatJose4jGivesIt() throws Exception {
        for (String number : List.of(
                "0",
                "-0",
                "-0.0",
                "0e0",
                "5.0",
                "1E+2",
                "1e-400",
                "-1e-400",
                "1e22",
                "1.7976931348623157e308",
                "4.9e-324",
                "0.1",
                "123456789012345678",
                "-12345678901234567",
                "-123456789012345678",
                "1234567890123456789",
                "999999999999999999",
                "9223372036854775807",
                "-9223372036854775808",
                "9223372036854775808",
                "-9223372036854775809",
                "99999999999999999999999999999999",
                "-9999999999999999999999999999999")) {
            assertSameAsByJose4j("{\"a\":" + number + "}");
        }
        Random random = new Random(7159);
        for (int i = 0; i < 5_000; i++) {
            assertSameAsByJose4j("{\"a\":" + new BigInteger(1 + random.nextInt(96), random) + ",\"b\":-"
                    + new BigInteger(1 + random.nextInt(96), random) + "}");
        }
    }

    @Tag("T14")
    @Tag("accepts")
    @Tag("refuses")
    @Test
    void seesARepeatedNameAmongManyAndAmongNamesOfOneHash() throws MalformedJsonException {
        for (int size = 1; size <= 70; size++) {
            List<String> names = IntStream.range(0, size)
                    .mapToObj(BoundedJsonTest::collidingName)
                    .toList();
            assertThat(names)
                    .extracting(String::hashCode)
                    .containsOnly(names.get(0).hashCode());
            Map<String, Object> object = read(object(names));
            assertThat(object).hasSize(size);
            for (String name : names) {
                assertThat(object.get(name)).isEqualTo(name);
                List<String> repeated = new ArrayList<>(names);
                repeated.add(name);
                assertMalformed(utf8(object(repeated)));
            }
            assertThat(object.get(collidingName(size))).isNull();
        }
    }

    @Tag("W19")
    @Tag("accepts")
    @Test
    void readsTenThousandNamesOfOneHashInTime() throws MalformedJsonException {
        List<String> names = IntStream.range(0, 10_000)
                .mapToObj(BoundedJsonTest::collidingName)
                .toList();
        byte[] text = utf8(object(names));

        assertThat(BoundedJson.readObject(text, JsonLimits.ofBytes(text.length)).keySet())
                .containsExactlyElementsOf(names);
    }

    @Test
    void givesWhatNobodyCanChange() throws MalformedJsonException {
        String many =
                "{" + IntStream.range(0, 40).mapToObj(i -> "\"m" + i + "\":0").collect(joining(",")) + "}";
        for (String text : List.of("{\"a\":{\"b\":[1,{}]}}", "{\"a\":{}}", "{\"a\":[]}", "{}", many)) {
            assertUnmodifiable(read(text));
        }
    }

    @Test
    void isAMapLikeAnyOther() throws MalformedJsonException {
        JsonObject object = BoundedJson.readObject(utf8("{\"a\":1,\"n\":null,\"o\":{\"a\":1}}"), LIMITS);
        Map<String, Object> same = new LinkedHashMap<>();
        same.put("a", 1L);
        same.put("n", null);
        same.put("o", Map.of("a", 1L));

        assertThat((Object) object).isEqualTo(same).hasSameHashCodeAs(same).hasToString(same.toString());
        assertThat((Object) same).isEqualTo(object);
        assertThat(object.containsKey("n")).isTrue();
        assertThat(object.containsKey("x")).isFalse();
        assertThat(object.get(null)).isNull();
        assertThat(((Map<?, ?>) object).get(1)).isNull();
        assertThat(new LinkedHashMap<>(object)).isEqualTo(same);
        Map<String, Object> visited = new LinkedHashMap<>();
        object.forEach(visited::put);
        assertThat(visited).isEqualTo(same);
        Iterator<Map.Entry<String, Object>> members = read("{}").entrySet().iterator();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(members::next);
    }

    /** One name is one object, so that a thousand tokens do not hold it a thousand times. */
    @Test
    void keepsOneCopyOfAUsualName() throws MalformedJsonException {
        String first = read("{\"client_id\":1,\"x\":1}").keySet().iterator().next();
        String second = read("{\"client_id\":2,\"x\":1}").keySet().iterator().next();

        assertThat(first).isEqualTo("client_id").isSameAs(second);
        assertThat(read("{\"client_ie\":1,\"client_i\":2,\"client_idd\":3,\"\u00e9\":4}")
                        .keySet())
                .containsExactly("client_ie", "client_i", "client_idd", "\u00e9");
    }

    /**
     * One character changed anywhere: never anything but an object or the one exception, as the slow reference says, and
     * never another object than jose4j's.
     */
    @Test
    void agreesWithTheSlowGrammarAndJose4jOnDamagedTexts() throws Exception {
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
            String damaged = new String(utf8(text.toString()), StandardCharsets.UTF_8);
            boolean expected = SlowJsonGrammar.accepts(damaged) && hasEachNameOnce(damaged);
            assertThat(isRead(damaged)).as(damaged).isEqualTo(expected);
            if (expected) {
                assertSameAsByJose4j(damaged);
                accepted++;
            }
        }
        assertThat(accepted).isBetween(1_000, 19_000);
    }

    private static boolean isRead(String text) {
        try {
            return read(text) != null;
        } catch (MalformedJsonException e) {
            return false;
        }
    }

    /** A repeated name is the only thing that jose4j refuses in what the grammar lets pass. */
    private static boolean hasEachNameOnce(String text) {
        try {
            return JsonUtil.parseJson(text) != null;
        } catch (JoseException e) {
            return false;
        }
    }

    /** By text as well: equality of maps knows no order, and would take 5.0 for 5.0 of any type. */
    private static void assertSameAsByJose4j(String text) throws MalformedJsonException, JoseException {
        Map<String, Object> expected = JsonUtil.parseJson(text);
        assertThat(read(text)).isEqualTo(expected);
        assertThat(typed(read(text))).isEqualTo(typed(expected));
    }

    private static String typed(Object value) {
        if (value instanceof Map<?, ?> map) {
            StringBuilder text = new StringBuilder("{");
            map.forEach((name, member) ->
                    text.append(name).append(':').append(typed(member)).append(','));
            return text.append('}').toString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(BoundedJsonTest::typed).toList().toString();
        }
        return value == null ? "null" : value.getClass().getName() + value;
    }

    /** Fourteen bits of {@code number}, each as one of two pairs of letters that hash alike. */
    private static String collidingName(int number) {
        StringBuilder name = new StringBuilder();
        for (int bit = 0; bit < 14; bit++) {
            name.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return name.toString();
    }

    private static String object(List<String> names) {
        return names.stream().map(name -> "\"" + name + "\":\"" + name + "\"").collect(joining(",", "{", "}"));
    }

    private static void assertUnmodifiable(Object value) {
        if (value instanceof List<?> list) {
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> list.add(null));
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> list.add(0, null));
            list.forEach(BoundedJsonTest::assertUnmodifiable);
        } else if (value instanceof Map<?, ?> map) {
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(map::clear);
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> map.remove("a"));
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> map.put(null, null));
            map.entrySet().forEach(entry -> assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> entry.setValue(null)));
            assertThat(map.keySet().removeIf(name -> false)).isFalse();
            map.values().forEach(BoundedJsonTest::assertUnmodifiable);
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
