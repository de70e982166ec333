package dev.cardea.clientauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.jose.SigningKey;
import dev.cardea.testkit.Endpoint;
import dev.cardea.testkit.TestClient;
import dev.cardea.testkit.TestKey;
import dev.cardea.testkit.TestKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** N21: secrets and keys are replaced here and at the authorization server, in either order, and no call fails. */
@Timeout(120)
class SecretRotationTest {
    @TempDir
    Path folder;

    private final Asking asking = new Asking();
    private Path file;
    private ClientAuthentication who;

    @BeforeEach
    void start() throws Exception {
        file = Files.writeString(folder.resolve("secret"), "old\n");
        knows("old");
        who = asking.with(asking.secretIn(file), new ClientSecretBasic(Asking.ID));
        expect("active", 1);
    }

    @AfterEach
    void close() {
        asking.close();
    }

    private void knows(String... secrets) {
        asking.as.register(TestClient.basic(Asking.ID, secrets));
    }

    private void write(String content) throws Exception {
        Files.writeString(file, content);
    }

    private void expect(String outcome, int calls) throws Exception {
        int before = asking.calls();
        assertThat(asking.outcome(who)).isEqualTo(outcome);
        assertThat(asking.calls() - before).isEqualTo(calls);
    }

    @Test
    @Tag("N21")
    void fileFirstCostsOneCallMoreOnEachSideOfTheRotation() throws Exception {
        write("new");
        asking.pass(Duration.ofSeconds(1));
        expect("active", 2);
        assertThat(asking.log.lines()).singleElement().asString().contains("WARNING", "secret-overlap");
        expect("active", 1);

        knows("new");
        expect("active", 2);
        expect("active", 1);
        asking.pass(Asking.OVERLAP);
        expect("active", 1);
    }

    @Test
    @Tag("N21")
    void serverFirstIsNoticedWithTheFirstRefusalWithoutWaitingForTheNextLook() throws Exception {
        knows("new");
        write("new");
        expect("active", 2);
        expect("active", 1);
        assertThat(asking.log.lines()).isEmpty();
    }

    @Test
    @Tag("N21")
    void aServerThatTakesBothCostsNothing() throws Exception {
        knows("old", "new");
        expect("active", 1);
        write("new");
        asking.pass(Duration.ofSeconds(1));
        expect("active", 1);
        knows("new");
        expect("active", 1);
        assertThat(asking.log.lines()).isEmpty();
    }

    @Test
    @Tag("N21")
    void theOldSecretIsTriedForTheOverlapOnly() throws Exception {
        write("new");
        asking.pass(Duration.ofSeconds(1));
        expect("active", 2);
        asking.pass(Asking.OVERLAP.minusSeconds(1));
        expect("active", 1);
        asking.pass(Duration.ofSeconds(1));
        expect("401", 1);
    }

    @Test
    @Tag("N21")
    void aFileSeenHalfWrittenDoesNotPushOutTheSecretThatWorks() throws Exception {
        write("ne");
        asking.pass(Duration.ofSeconds(1));
        expect("active", 2);
        write("new");
        asking.pass(Duration.ofSeconds(1));
        expect("active", 2);
        knows("new");
        expect("active", 2);
        expect("active", 1);
    }

    /** The worst moment: what was read is half of the new secret, which the server is not told yet. */
    @Test
    @Tag("N21")
    void aFileThatIsFinishedBetweenTwoAttemptsLeavesTheOldSecretItsTurn() throws Exception {
        write("ne");
        asking.pass(Duration.ofSeconds(1));
        asking.as.fail(Endpoint.INTROSPECTION, right -> {
            try {
                write("new");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return right;
        });
        expect("active", 3);
        expect("active", 1);
    }

    @Test
    @Tag("N21")
    void anEmptyOrMissingFileLeavesTheLastSecretInForce() throws Exception {
        write("");
        asking.pass(Duration.ofSeconds(1));
        expect("active", 1);
        Files.delete(file);
        asking.pass(Duration.ofSeconds(1));
        expect("active", 1);
        asking.pass(Duration.ofSeconds(1));
        expect("active", 1);
        assertThat(asking.log.lines()).singleElement().asString().contains("WARNING", "client-secret-file", "is empty");

        write("new");
        knows("new");
        asking.pass(Duration.ofSeconds(1));
        expect("active", 1);
        assertThat(asking.log.lines()).hasSize(2).last().asString().contains("INFO", "usable again");
        assertThat(asking.log.lines().toString()).doesNotContain("old", "new");
    }

    @Test
    @Tag("N21")
    void aWrongSecretIsTheEndpointsToRefuse() throws Exception {
        knows("another");
        expect("401", 1);
        write("new");
        asking.pass(Duration.ofSeconds(1));
        expect("401", 2);
    }

    /** As the kubelet does it: the file leads through a link to a folder, and the link is replaced. */
    @Test
    @Tag("N21")
    void aSecretMountedByKubernetesIsFollowed() throws Exception {
        Path mount = Files.createDirectory(folder.resolve("mount"));
        version(mount, "..v1", "old");
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..v1"));
        Files.createSymbolicLink(mount.resolve("secret"), Path.of("..data", "secret"));
        who = asking.with(asking.secretIn(mount.resolve("secret")), new ClientSecretBasic(Asking.ID));
        expect("active", 1);

        version(mount, "..v2", "new");
        Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..v2"));
        Files.move(
                mount.resolve("..data_tmp"),
                mount.resolve("..data"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        knows("new");
        asking.pass(Duration.ofSeconds(1));
        expect("active", 1);
    }

    private static void version(Path mount, String name, String secret) throws Exception {
        Files.writeString(Files.createDirectory(mount.resolve(name)).resolve("secret"), secret);
    }

    @Test
    @Tag("N21")
    void aKeyIsReplacedInTheSameWay() throws Exception {
        TestKey old = TestKeys.newKey("old", "ES256");
        TestKey fresh = TestKeys.newKey("new", "EdDSA");
        write(old.privateJson());
        asking.as.register(TestClient.privateKeyJwt(Asking.ID, old));
        Rotation<SigningKey> keys =
                Rotation.of(asking.watched(file, SigningKey::read), Asking.OVERLAP, asking.nanos::get);
        who = asking.with(keys, asking.assertion());
        expect("active", 1);

        write(fresh.privateJson());
        asking.pass(Duration.ofSeconds(1));
        expect("active", 2);
        expect("active", 1);
        write("{\"kty\":");
        asking.pass(Duration.ofSeconds(1));
        expect("active", 1);
        write(fresh.privateJson());
        asking.as.register(TestClient.privateKeyJwt(Asking.ID, fresh));
        expect("active", 2);
        expect("active", 1);
    }

    /** Real threads, thirty rotations, both orders, no call that fails. */
    @Test
    @Tag("N21")
    @Tag("I03")
    void noCallFailsWhileSecretsAreReplacedUnderLoad() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger good = new AtomicInteger();
        Queue<String> bad = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(() -> {
                while (!done.get()) {
                    try {
                        String outcome = asking.outcome(who);
                        good.incrementAndGet();
                        if (!outcome.equals("active")) {
                            bad.add(outcome);
                        }
                    } catch (Exception e) {
                        bad.add(e.toString());
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        String current = "old";
        for (int round = 0; round < 30 && bad.isEmpty(); round++) {
            String next = "secret-" + round;
            if (round % 2 == 0) {
                replace(next);
                await(good, 40);
                knows(next);
            } else {
                knows(current, next);
                await(good, 40);
                replace(next);
                asking.pass(Duration.ofSeconds(2));
                await(good, 40);
                knows(next);
            }
            asking.pass(Duration.ofSeconds(2));
            await(good, 40);
            current = next;
        }
        done.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(bad).isEmpty();
        assertThat(good.get()).isGreaterThan(30 * 80);
    }

    /** In one step, as careful operators do; what happens otherwise is shown above. */
    private void replace(String secret) throws Exception {
        Files.move(
                Files.writeString(folder.resolve("next"), secret),
                file,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    private static void await(AtomicInteger good, int more) throws InterruptedException {
        int enough = good.get() + more;
        while (good.get() < enough) {
            Thread.sleep(1);
        }
    }
}
