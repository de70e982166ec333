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
    TAKES_TOKENS_IN_THE_CLEAR
}
