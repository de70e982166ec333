package dev.cardea.config;

import dev.cardea.file.UnusableFileException;
import dev.cardea.file.WatchedFile;
import dev.cardea.jwe.DecryptionKeys;
import dev.cardea.jwe.UnusableKeysException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/** Settings that name a file: read at start, so that a missing one stops the deployment and not the first request. */
final class SettingFiles {
    private static final int MAX_SECRET_BYTES = 64 * 1024;

    private final Values values;

    SettingFiles(Values values) {
        this.values = values;
    }

    /** The file's text without one line end at its end; null if the key is not set, or after a problem. */
    @Nullable
    Secret secret(Setting key) {
        Path path = values.path(key);
        if (path == null) {
            return null;
        }
        try {
            if (Files.size(path) > MAX_SECRET_BYTES) {
                values.report(key, "names a file of more than 64 KiB", "a file that contains the secret only");
                return null;
            }
            return Secret.ofFile(Files.readAllBytes(path));
        } catch (UnusableFileException e) {
            values.report(key, "names a file that " + e.what(), "a file that contains the secret only");
        } catch (IOException e) {
            reportUnreadable(key, path, e);
        }
        return null;
    }

    /** A file of which {@code reading} can make something now; null if the key is not set or has a problem. */
    @Nullable
    Path usable(Setting key, int maxBytes, WatchedFile.Reading<?> reading, String instead) {
        Path path = values.path(key);
        if (path == null) {
            return null;
        }
        try {
            if (Files.size(path) > maxBytes) {
                values.report(key, "names a file of more than " + maxBytes / 1024 + " KiB", instead);
                return null;
            }
            reading.read(Files.readAllBytes(path));
            return path;
        } catch (UnusableFileException e) {
            values.report(key, "names a file that " + e.what(), instead);
        } catch (IOException e) {
            reportUnreadable(key, path, e);
        }
        return null;
    }

    /** A store that opens with the password and has a certificate in it; null if the key is not set or has a problem. */
    @Nullable
    Path trustStore(Setting key, Setting passwordFile, @Nullable Secret password) {
        Path path = values.path(key);
        if (path == null) {
            return null;
        }
        if (Files.isDirectory(path)) {
            reportDirectory(key);
            return null;
        }
        if (!Files.isReadable(path)) {
            values.report(key, "names a file that cannot be read", "a file that the server's user can read");
            return null;
        }
        return Pem.isOne(path) ? pemStore(key, path) : binaryStore(key, path, passwordFile, password);
    }

    private @Nullable Path pemStore(Setting key, Path path) {
        String instead = "PEM with the certificate of the authorization server, or of its CA";
        if (!Pem.namesCertificate(path)) {
            values.report(key, "names a PEM file without a certificate", instead);
            return null;
        }
        try {
            TrustStoreFile.load(path, null);
            return path;
        } catch (IOException | GeneralSecurityException e) {
            values.report(
                    key,
                    "names a file that looks like PEM, but a certificate in it cannot be read ("
                            + e.getClass().getName() + ")",
                    instead);
            return null;
        }
    }

    private @Nullable Path binaryStore(Setting key, Path path, Setting passwordFile, @Nullable Secret password) {
        String instead = "a PEM, PKCS12 or JKS trust store, and its password into " + passwordFile.key();
        try {
            if (TrustStoreFile.hasCertificate(path, password)) {
                return path;
            }
            values.report(key, "names a store without a trusted certificate that could be read", instead);
        } catch (IOException | GeneralSecurityException e) {
            values.report(
                    key, "names a store that does not open (" + e.getClass().getName() + ")", instead);
        }
        return null;
    }

    /** The keys in the file; null if the key is not set or has a problem. */
    @Nullable
    DecryptionKeys decryptionKeys(Setting key) {
        Path path = values.path(key);
        if (path == null) {
            return null;
        }
        String instead = "a file with a private JWK, or a set of them; docs/how-to/encrypted-tokens.md makes one";
        try {
            if (Files.size(path) > DecryptionKeys.MAX_SIZE) {
                values.report(key, "names a file of more than " + DecryptionKeys.MAX_SIZE / 1024 + " KiB", instead);
                return null;
            }
            return DecryptionKeys.read(Files.readAllBytes(path));
        } catch (UnusableKeysException e) {
            String what = Pem.isOne(path) ? "is PEM, which is not read" : e.what();
            values.report(key, "names a file that " + what, instead);
        } catch (IOException e) {
            reportUnreadable(key, path, e);
        }
        return null;
    }

    /** A file that holds a token now; read again whenever the token is sent, since it is replaced from time to time. */
    @Nullable
    Path bearerToken(Setting key) {
        Secret token = secret(key);
        if (token != null && !token.reveal().strip().matches("[A-Za-z0-9._~+/-]+=*")) {
            values.report(
                    key, "names a file with something else than one token", "a file that contains the token only");
            return null;
        }
        return token == null ? null : values.path(key);
    }

    /** By the exception's class: its message repeats the path, which the operator wrote, and on some systems more. */
    private void reportUnreadable(Setting key, Path path, IOException e) {
        if (Files.isDirectory(path)) {
            reportDirectory(key);
            return;
        }
        values.report(
                key,
                "names a file that cannot be read (" + e.getClass().getSimpleName() + ")",
                "a file that the server's user can read");
    }

    private void reportDirectory(Setting key) {
        values.report(key, "is a directory", "the path of a file");
    }
}
