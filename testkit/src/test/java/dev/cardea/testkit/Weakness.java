package dev.cardea.testkit;

/** Mistakes that resource servers make, to be made by {@link ReferenceServer} so that the contract can find them. */
enum Weakness {
    GRANTS_EVERYTHING,
    IGNORES_AUDIENCE,
    TAKES_ANY_TYP,
    FIRST_HEADER_WINS,
    TAKES_LENIENT_BASE64,
    IGNORES_CONFIRMATION,
    BLAMES_OUTAGES_ON_CLIENTS,
    TELLS_THE_REASON,
    CHALLENGES_WITHOUT_REALM,
    COMPARES_SCOPES_AS_SUBSTRINGS,
    READS_THE_QUERY,
    LEAVES_HEAD_OPEN,
    OPEN_MEANS_UNCHECKED,
    LETS_CACHES_KEEP_REFUSALS,
    TAKES_TOKENS_IN_THE_CLEAR,
    LETS_EVERY_PAGE_READ,
    TAKES_OPTIONS_FOR_A_PREFLIGHT,
    IGNORES_PROOFS,
    IGNORES_TOKEN_HASHES,
    TAKES_ANYBODYS_PROOF,
    TAKES_ANY_PROOF_KEY,
    FOLDS_THE_CASE_OF_PATHS,
    FORGETS_PROOFS,
    LOOKS_AND_THEN_REMEMBERS;

    /** Whether it shows with tokens that are bound to a key. */
    boolean isOfProofs() {
        return compareTo(IGNORES_PROOFS) >= 0 || this == IGNORES_CONFIRMATION;
    }
}
