package dev.cardea.dpop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cardea.file.UnusableFileException;
import dev.cardea.file.WatchedFile;
import dev.cardea.log.RateLimitedLog;
import dev.cardea.log.RecordedLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NonceSecretsTest {
    private static final String FIRST = "0123456789abcdef0123456789abcdef";
    private static final String SECOND = "fedcba9876543210fedcba9876543210fedcba98";
    private static final byte[] JKT = Proofs.thumbprint(1);

    @TempDir
    Path folder;

    private static List<String> read(String text) throws UnusableFileException {
        List<String> read = NonceSecrets.inText(text).stream()
                .map(secret -> new String(secret, StandardCharsets.UTF_8))
                .toList();
        assertThat(NonceSecrets.inFile(text.getBytes(StandardCharsets.UTF_8)))
                .usingRecursiveComparison()
                .isEqualTo(NonceSecrets.inText(text));
        return read;
    }

    @Test
    void readsSecretsInTheirOrderWhateverWhiteSpaceIsBetween() throws Exception {
        assertThat(read(FIRST)).containsExactly(FIRST);
        assertThat(read("\n" + FIRST + "\r\n\r\n" + SECOND + "\t\n")).containsExactly(FIRST, SECOND);
        assertThat(read(SECOND + " " + FIRST)).containsExactly(SECOND, FIRST);
    }

    @ParameterizedTest
    @CsvSource({
        "'', has no secret",
        "' \n', has no secret",
        "0123456789abcdef0123456789abcde, has a secret of fewer than 32 characters",
        "0123456789abcdef0123456789abcdef secret, has a secret of fewer than 32 characters",
    })
    void saysWhatIsWrongAndNothingOfTheText(String text, String problem) {
        assertThat(catchThrowableOfType(UnusableFileException.class, () -> NonceSecrets.inText(text)))
                .hasMessage(problem);
    }

    @Test
    void takesTextOnly() {
        byte[] bytes = FIRST.getBytes(StandardCharsets.UTF_8);
        bytes[3] = (byte) 0xff;
        assertThat(catchThrowableOfType(UnusableFileException.class, () -> NonceSecrets.inFile(bytes)))
                .hasMessage("is not UTF-8 text");
    }

    @Test
    @Tag("N21")
    void followsAFileThatIsReplacedAndKeepsTheLastGoodOne() throws Exception {
        HandClock clock = new HandClock();
        RecordedLog log = new RecordedLog();
        Path path = Files.writeString(folder.resolve("secrets"), FIRST);
        WatchedFile<List<byte[]>> file = new WatchedFile<>(
                path,
                "cardea.dpop.nonce-secret-file",
                NonceSecrets.MAX_FILE_BYTES,
                NonceSecrets::inFile,
                clock::nanoTime,
                new RateLimitedLog(log, clock::nanoTime));
        Nonces nonces = new Nonces(file::value, Duration.ofMinutes(5), clock);
        String first = nonces.newest(JKT);

        Files.writeString(path, SECOND + "\n" + FIRST);
        clock.pass(Duration.ofSeconds(1));
        String second = nonces.newest(JKT);
        assertThat(second).isNotEqualTo(first);
        assertThat(nonces.check(first, JKT).isValid()).isTrue();
        assertThat(nonces.check(first, JKT).isNewest()).isFalse();
        assertThat(nonces.check(second, JKT).isNewest()).isTrue();

        Files.writeString(path, "too short");
        clock.pass(Duration.ofSeconds(1));
        assertThat(nonces.newest(JKT)).isEqualTo(second);
        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains("fewer than 32")
                .doesNotContain("short");

        Files.writeString(path, SECOND);
        clock.pass(Duration.ofSeconds(1));
        assertThat(nonces.check(first, JKT).isValid()).isFalse();
        assertThat(nonces.check(second, JKT).isValid()).isTrue();
    }

    @Test
    void makesOneByChanceThatStaysTheSame() {
        var random = NonceSecrets.random();
        assertThat(random.get()).isSameAs(random.get()).singleElement().satisfies(secret -> assertThat(secret)
                .hasSize(32)
                .isNotEqualTo(NonceSecrets.random().get().get(0)));
    }
}
