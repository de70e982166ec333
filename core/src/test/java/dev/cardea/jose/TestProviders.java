package dev.cardea.jose;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The real providers, each in a class loader of its own, as an application or a server would bring them. */
final class TestProviders {
    static final String[] ALL = {
        "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"
    };

    private static final Path FOLDER = Path.of("target", "providers");
    private static final Map<String, ClassLoader> LOADERS = new HashMap<>();
    private static final Map<String, CryptoProvider> PROVIDERS = new HashMap<>();

    private TestProviders() {}

    /** Always the same one: native code is loaded once. */
    static synchronized ClassLoader loader(String word) {
        requireNativeCode(word);
        return LOADERS.computeIfAbsent(word, any -> newLoader(jar(word)));
    }

    /** What {@code cardea.crypto.provider} makes of that word, {@code jdk} included. */
    static synchronized CryptoProvider crypto(String word) {
        return PROVIDERS.computeIfAbsent(
                word, any -> CryptoProvider.of(word, Set.of(ALL), word.equals("jdk") ? noLoader() : loader(word)));
    }

    static VerificationKey key(String word, PublicKey key, String... algorithms) {
        return new VerificationKey(null, key, Set.of(algorithms), crypto(word));
    }

    static ClassLoader newLoader(String... jars) {
        try {
            URL[] urls = new URL[jars.length];
            for (int i = 0; i < jars.length; i++) {
                urls[i] = FOLDER.resolve(jars[i]).toUri().toURL();
            }
            return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sees nothing but the Java platform. */
    static ClassLoader noLoader() {
        return ClassLoader.getPlatformClassLoader();
    }

    static String jar(String word) {
        String start =
                switch (word) {
                    case "corretto" -> "AmazonCorretto";
                    case "conscrypt" -> "conscrypt";
                    default -> "bcprov";
                };
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(start))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no " + start + " in " + FOLDER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireNativeCode(String word) {
        boolean here = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        assumeTrue(here || word.equals("bouncycastle"), "the build brings native code for Linux on x86-64 only");
    }
}
