package dev.cardea.benchmarks;

import dev.cardea.testkit.TestKey;
import dev.cardea.testkit.TestKeys;

/** What the tokens of a run are signed with. */
public enum Algorithm {
    RS256(TestKeys.rsa(), "SHA256withRSA"),
    ES256(TestKeys.ec(), "SHA256withECDSAinP1363Format"),
    ED25519(TestKeys.ed25519(), "Ed25519");

    private final TestKey key;
    private final String jcaName;

    Algorithm(TestKey key, String jcaName) {
        this.key = key;
        this.jcaName = jcaName;
    }

    TestKey key() {
        return key;
    }

    String jcaName() {
        return jcaName;
    }
}
