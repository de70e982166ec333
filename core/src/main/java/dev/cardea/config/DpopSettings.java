package dev.cardea.config;

import dev.cardea.demand.NonceUse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code cardea.dpop.*}: how proofs of possession are checked (RFC 9449).
 *
 * @param algorithms accepted algorithms of proofs, in the order in which challenges list them
 * @param maxLength characters of the longest proof that is looked at
 * @param maxAge how long after its {@code iat} a proof is accepted
 * @param clockSkew by how much a client's clock may be off, in both directions
 * @param nonce what becomes of nonces where no path rule says otherwise
 * @param nonceTtl how long a nonce is accepted
 * @param nonceSecret secrets for nonces, the newest first; null for one of this process alone, or where they are in a file
 * @param nonceSecretFile the file with these secrets, read again when it changes; or null
 * @param maxMarks how many used proofs can be remembered at a time
 */
public record DpopSettings(
        BindingMode mode,
        List<String> algorithms,
        int maxLength,
        Duration maxAge,
        Duration clockSkew,
        NonceUse nonce,
        Duration nonceTtl,
        @Nullable Secret nonceSecret,
        @Nullable Path nonceSecretFile,
        int maxMarks) {
    public DpopSettings {
        algorithms = List.copyOf(algorithms);
    }
}
