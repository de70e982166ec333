package dev.cardea.it.environment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A folder of the test resources with a {@code package.json} and scripts, installed below {@code target} by npm. A date makes of
 * version ranges exact versions, so that no lock file with addresses in it is needed.
 */
final class NodePackage {

    /** Nothing newer is installed. To be moved when a version in a package.json is. */
    private static final String PACKAGES_UNTIL = "2026-11-15";

    private static final int INSTALLATION_MINUTES = 3;

    private final String name;
    private final List<String> files = new ArrayList<>(List.of("package.json"));

    NodePackage(String name, String... scripts) {
        this.name = name;
        this.files.addAll(List.of(scripts));
    }

    /** What is missing, or null once it is installed. */
    @Nullable
    String missing() {
        for (String tool : List.of("node", "npm")) {
            try {
                run(Path.of("."), 1, List.of(command(tool), "--version"));
            } catch (IOException e) {
                return tool + " is not on the PATH, or does not work (" + e.getMessage() + ")";
            }
        }
        try {
            install();
            return null;
        } catch (IOException e) {
            return "npm install failed, as it does without network and a filled cache (" + e.getMessage() + ")";
        }
    }

    /** To run one of its scripts. */
    ProcessBuilder node(String script) {
        return new ProcessBuilder(command("node"), script).directory(folder().toFile());
    }

    private Path folder() {
        return Settings.path("it.directory").resolve(name);
    }

    private void install() throws IOException {
        Path folder = folder();
        Files.createDirectories(folder);
        for (String file : files) {
            try (InputStream content = NodePackage.class.getResourceAsStream("/" + name + "/" + file)) {
                Files.copy(content, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        run(
                folder,
                INSTALLATION_MINUTES,
                List.of(
                        command("npm"),
                        "install",
                        "--no-package-lock",
                        "--no-audit",
                        "--no-fund",
                        "--ignore-scripts",
                        "--prefer-offline",
                        "--before=" + PACKAGES_UNTIL));
    }

    private static String command(String tool) {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
        return windows && tool.equals("npm") ? "npm.cmd" : tool;
    }

    private static void run(Path folder, int minutes, List<String> command) throws IOException {
        Path log = Files.createTempFile("command", ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(minutes, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException(Files.readString(log).lines().limit(5).collect(Collectors.joining(" ")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
            Files.delete(log);
        }
    }
}
