package dev.cardea.profile;

/** RFC 9068 to the letter. What it marks as others' counts only where {@code cardea.jwt.types} is widened. */
final class Generic {
    static final Traits TRAITS = Traits.of("RFC 9068")
            .page("https://www.rfc-editor.org/rfc/rfc9068.html")
            .read("2026-11-21", "The specification itself.")
            .accessTokensLack(Traits.OF_ID_TOKENS)
            .accessTokensLack(Traits.OF_OTHER_KINDS)
            .remark(
                    "Every build runs it against Spring Authorization Server 7.1.1 with the example's customizer, which makes"
                            + " such tokens.")
            .remark("Fits every product that writes `typ: at+jwt` and the claims of RFC 9068 2.2.")
            .remark(
                    "With a widened `cardea.jwt.types` only claims that should not be there tell other JWTs apart: an ID"
                            + " token without `nonce` and hashes is then refused by its audience alone.")
            .build();

    private Generic() {}
}
