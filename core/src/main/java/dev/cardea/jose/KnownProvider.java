package dev.cardea.jose;

import java.security.Provider;
import java.security.Security;
import org.jspecify.annotations.Nullable;

/**
 * The providers that are looked for, in the order of their speed: ES256 takes them 36, 37 and 57 microseconds, and the JDK
 * 300 to 700. See docs/performance.md.
 */
enum KnownProvider {
    CORRETTO(
            "corretto",
            "AmazonCorrettoCryptoProvider",
            "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider",
            "software.amazon.cryptools:AmazonCorrettoCryptoProvider, with the classifier of your platform"),
    CONSCRYPT("conscrypt", "Conscrypt", "org.conscrypt.OpenSSLProvider", "org.conscrypt:conscrypt-openjdk-uber"),
    BOUNCY_CASTLE(
            "bouncycastle",
            "BC",
            "org.bouncycastle.jce.provider.BouncyCastleProvider",
            "org.bouncycastle:bcprov-jdk18on"),
    /** As installed, and never made by us: it tests itself for seconds, and whoever needs it configures it. */
    BOUNCY_CASTLE_FIPS("bouncycastle", "BCFIPS", null, "org.bouncycastle:bc-fips");

    private final String word;
    private final String installedName;
    private final @Nullable String className;
    private final String artifact;

    KnownProvider(String word, String installedName, @Nullable String className, String artifact) {
        this.word = word;
        this.installedName = installedName;
        this.className = className;
        this.artifact = artifact;
    }

    /** What {@code cardea.crypto.provider} calls it. */
    String word() {
        return word;
    }

    /** What has to be added where it is missing. */
    String artifact() {
        return artifact;
    }

    /** Whether it is worth having: Bouncy Castle is no faster with RSA than the JDK. */
    boolean isFasterFor(SignatureAlgorithm algorithm) {
        return !algorithm.isRsa() || this == CORRETTO || this == CONSCRYPT;
    }

    /**
     * The one that the Java platform has, else one made by a class that these loaders see, for us alone; null if there is
     * neither.
     *
     * @throws UnusableProviderException if there is its class, and it cannot be made
     */
    @Nullable
    Provider find(ClassLoader... loaders) throws UnusableProviderException {
        Provider installed = Security.getProvider(installedName);
        if (installed != null || className == null) {
            return installed;
        }
        for (ClassLoader loader : loaders) {
            try {
                return (Provider)
                        Class.forName(className, true, loader).getConstructor().newInstance();
            } catch (ClassNotFoundException e) {
                continue;
            } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
                throw new UnusableProviderException(className + " is there and cannot be made: " + cause(e));
            }
        }
        return null;
    }

    private static Throwable cause(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return cause == null ? thrown : cause(cause);
    }
}
