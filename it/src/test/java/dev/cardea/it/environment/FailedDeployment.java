package dev.cardea.it.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * A deployment that has to fail. On Open Liberty it does not go through Arquillian, whose adapter waits for its whole timeout
 * when a listener or an initializer refuses: the WAR is put where the adapter would put it, and the log is watched.
 */
public final class FailedDeployment {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String log;
    private final Removal removal;

    private interface Removal {
        void run() throws Exception;
    }

    private FailedDeployment(String log, Removal removal) {
        this.log = log;
        this.removal = removal;
    }

    /** @throws AssertionError if it does not fail */
    public static FailedDeployment of(Deployer deployer, WebArchive war) throws Exception {
        return switch (Server.underTest()) {
            case WILDFLY -> onWildFly(deployer, war);
            case LIBERTY -> onLiberty(war);
        };
    }

    /** What the server logged while it failed. */
    public String log() {
        return log;
    }

    public void remove() throws Exception {
        removal.run();
    }

    private static FailedDeployment onWildFly(Deployer deployer, WebArchive war) {
        Log log = Log.fromNow();
        assertThatThrownBy(() -> deployer.deploy(nameOf(war)))
                .as("the deployment of %s", war.getName())
                .isNotNull();
        // A deployment that fails is rolled back.
        return new FailedDeployment(log.text(), () -> {});
    }

    private static FailedDeployment onLiberty(WebArchive war) throws Exception {
        Log log = Log.fromNow();
        Path server = Server.LIBERTY.directory().resolve("servers/cardeaIT");
        Path complete = server.resolve(war.getName());
        Path dropped = server.resolve("dropins").resolve(war.getName());
        war.as(ZipExporter.class).exportTo(complete.toFile(), true);
        Files.createDirectories(dropped.getParent());
        Files.move(complete, dropped, StandardCopyOption.ATOMIC_MOVE);
        String name = nameOf(war);
        await(() -> !log.lines("CWWKZ0012I", name).isEmpty()
                || !log.lines("CWWKZ0002E", name).isEmpty()
                || !log.lines("CWWKZ0001I", name).isEmpty());
        assertThat(log.lines("CWWKZ0001I", name)).as("%s has started", name).isEmpty();
        return new FailedDeployment(log.text(), () -> removeFromLiberty(dropped));
    }

    private static void removeFromLiberty(Path dropped) throws IOException {
        Files.delete(dropped);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
            Thread.sleep(100);
        }
        assertThat(condition.getAsBoolean())
                .as("the server said how the deployment went")
                .isTrue();
    }

    private static String nameOf(WebArchive war) {
        return war.getName().replace(".war", "");
    }
}
