package dev.cardea.http;

import java.net.Socket;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * One certificate, shown to every server that asks for one. The platform's own choice would show none where the server names
 * authorities and ours is not among them: a self-signed certificate has none (RFC 8705 2.2).
 */
final class ClientIdentity extends X509ExtendedKeyManager {
    private static final String ALIAS = "cardea";

    private final PrivateKey key;
    private final X509Certificate[] chain;

    ClientIdentity(PrivateKeyEntry entry) {
        this.key = entry.getPrivateKey();
        this.chain = (X509Certificate[]) entry.getCertificateChain();
    }

    /** Not to a server that could not verify with it: that would end the handshake, and not every call needs it. */
    private @Nullable String aliasAmong(String[] keyTypes) {
        return Arrays.asList(keyTypes).contains(key.getAlgorithm()) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return aliasAmong(keyType);
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return aliasAmong(keyType);
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return alias.equals(ALIAS) ? chain.clone() : null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return alias.equals(ALIAS) ? key : null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
