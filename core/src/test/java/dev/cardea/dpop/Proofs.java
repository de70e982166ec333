package dev.cardea.dpop;

import java.util.Arrays;

/** Keys of proofs for tests. */
final class Proofs {
    static final String METHOD = "GET";
    static final String TARGET = "https://api.example.com/orders";

    private Proofs() {}

    /** The {@code number}th thumbprint. Its first bytes differ, as those of digests do. */
    static byte[] thumbprint(int number) {
        byte[] jkt = new byte[32];
        Arrays.fill(jkt, (byte) number);
        jkt[0] = (byte) (number >>> 24);
        jkt[1] = (byte) (number >>> 16);
        jkt[2] = (byte) (number >>> 8);
        return jkt;
    }

    /** The {@code number}th proof of the {@code client}th key. */
    static ReplayKey proof(int client, int number) {
        return ReplayKey.of(thumbprint(client), METHOD, TARGET, "jti-" + number);
    }
}
