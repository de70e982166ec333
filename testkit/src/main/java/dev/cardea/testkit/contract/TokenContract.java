package dev.cardea.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.testkit.AccessTokens;
import dev.cardea.testkit.TokenFault;
import dev.cardea.testkit.TokenVariant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 9068 section 4 and RFC 8725, one fault at a time beside the valid token it was made from. */
abstract class TokenContract extends BrowserContract {

    /** Heads of this size are some servers' business before they are ours. */
    private static final int LARGE = 7_000;

    @ParameterizedTest
    @EnumSource
    @Tag("T01")
    @Tag("T02")
    @Tag("T03")
    @Tag("T04")
    @Tag("T05")
    @Tag("T06")
    @Tag("T07")
    @Tag("T08")
    @Tag("accepts")
    @Tag("refuses")
    void aTokenWithOneFaultIsRefusedAndItsValidTwinIsNot(TokenFault fault) throws Exception {
        AccessTokens valid = forged(READ);
        String faulty = valid.build(fault);

        Expect.granted(ordersWith(valid.build()));
        RawResponse answer = ordersWith(faulty);
        if (!fault.fitsInHeader() || faulty.length() > LARGE) {
            Expect.refusedSomehow(answer);
        } else if (fault.status() == 400) {
            Expect.malformed(answer);
        } else {
            Expect.invalidToken(answer);
        }
        assertThat(tokens().attackerWasAsked())
                .as("a token's header was followed")
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("T01")
    @Tag("T03")
    @Tag("T13")
    @Tag("I18")
    @Tag("accepts")
    void anUnusualButValidTokenIsAccepted(TokenVariant variant) throws Exception {
        AccessTokens valid = forged(READ);

        Expect.granted(ordersWith(valid.build(variant)));
        Expect.invalidToken(ordersWith(valid.build(TokenFault.EXPIRED)));
    }
}
