package io.sallyport.factor.webauthn;

import static io.sallyport.factor.webauthn.SoftKey.PARTY;
import static io.sallyport.factor.webauthn.SoftKey.POSED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an assertion proves, and whose it is. */
final class AssertionTest {

    private static final int UP = 0x01;
    private static final int UP_UV = 0x05;
    private static final int UP_UV_BE = 0x0d;
    private static final int UP_BS = 0x11;
    private static final int UV = 0x04;

    private static final SoftKey KEY = SoftKey.plain();

    @ParameterizedTest
    @CsvSource({"10, 10, POSSIBLE_CLONE", "9, 10, POSSIBLE_CLONE", "0, 10, POSSIBLE_CLONE", "11, 10, NEW"})
    @DisplayName("WA-05: a counter must grow")
    void aCounterMustGrow(long presented, long stored, SignCount wanted) {
        assertThat(SignCount.of(presented, stored)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, NONE", "0, -1, NONE", "1, 0, NEW", "1, -1, NEW"})
    @DisplayName("WA-05: an authenticator without a counter says 0 for ever")
    void anAuthenticatorMayHaveNoCounter(long presented, long stored, SignCount wanted) {
        assertThat(SignCount.of(presented, stored)).isEqualTo(wanted);
    }

    @Test
    @DisplayName("WA-09: only a verified user makes a key two factors")
    void onlyAVerifiedUserIsInTheAmr() {
        assertThat(prove(UP, KeyPolicy.Preference.PREFERRED).amr()).containsExactly("hwk");
        assertThat(prove(UP_UV, KeyPolicy.Preference.PREFERRED).amr()).containsExactly("hwk", "user");
        assertThat(prove(UP_UV_BE, KeyPolicy.Preference.REQUIRED).amr()).containsExactly("swk", "user");
    }

    @Test
    void nobodyIsProvenWhoWasNotPresent() {
        assertRefused(finish(KEY.assertion(UV, 1), KEY), "the user was not present");
    }

    @Test
    void whatCannotBeBackedUpIsNotBackedUp() {
        assertRefused(finish(KEY.assertion(UP_BS, 1), KEY), "the flags of authData contradict each other");
    }

    @Test
    void anotherUsersKeyIsRefused() {
        assertRefused(finish(KEY.assertion(UP_UV, 1), SoftKey.plain()), "the user has no key of this id");
    }

    @Test
    void anotherUsersHandleIsRefused() {
        ObjectNode answer = KEY.assertion(UP_UV, 1);
        answer.withObject("response").put("userHandle", SoftKey.utf8("user-2").base64Url());

        assertRefused(finish(answer, KEY), "the user handle is another user's");
    }

    @Test
    void anAuthenticatorNeedNotKnowTheUser() {
        ObjectNode answer = KEY.assertion(UP_UV, 1);
        answer.withObject("response").putNull("userHandle");

        assertThat(finish(answer, KEY).passed()).isPresent();
    }

    @Test
    void aPageInAForeignFrameIsRefused() {
        ObjectNode framed = SoftKey.clientDataJson("webauthn.get").put("crossOrigin", true);
        Bytes authData = SoftKey.authData(PARTY.id(), UP_UV, 1);

        assertRefused(finish(KEY.assertion(SoftKey.utf8(framed.toString()), authData), KEY), "crossOrigin");
    }

    @Test
    void aMemberMayNotStandTwice() {
        String twice =
                SoftKey.clientDataJson("webauthn.get").toString().replaceFirst("\\{", "{\"type\":\"webauthn.get\",");
        Bytes authData = SoftKey.authData(PARTY.id(), UP_UV, 1);

        assertRefused(finish(KEY.assertion(SoftKey.utf8(twice), authData), KEY), "C is not JSON");
    }

    @Test
    void theSignatureOfAnotherKeyIsRefused() {
        SoftKey other = SoftKey.plain();
        ObjectNode answer = other.assertion(UP_UV, 1);
        answer.put("id", KEY.id().base64Url()).put("rawId", KEY.id().base64Url());

        assertRefused(finish(answer, KEY), "the signature does not hold");
    }

    @Test
    void onlyAnAnswerIsWellFormed() {
        String assertion = KEY.assertion(UP, 1).toString();
        String registration = KEY.registration().toString();

        assertThat(Assertion.isWellFormed(assertion)).isTrue();
        assertThat(Assertion.isWellFormed(registration)).isFalse();
        assertThat(Assertion.isWellFormed("{}")).isFalse();
        assertThat(Registration.isWellFormed(registration)).isTrue();
        assertThat(Registration.isWellFormed(assertion)).isFalse();
    }

    @Test
    void anAnswerIsWrittenAsABrowserWould() {
        AssertionAnswer answer = AssertionAnswer.parse(KEY.assertion(UP_UV, 1).toString());

        assertThat(AssertionAnswer.parse(answer.toJson())).isEqualTo(answer);
        assertThat(answer.userHandle()).contains(SoftKey.USER);
        assertThat(new Assertion(PARTY, KeyPolicy.Preference.REQUIRED, List.of(KEY.stored()), SoftKey.USER)
                        .finish(answer.toJson(), POSED)
                        .passed())
                .isPresent();
    }

    private static Proof prove(int flags, KeyPolicy.Preference preference) {
        return new Assertion(PARTY, preference, List.of(KEY.stored()), SoftKey.USER)
                .finish(KEY.assertion(flags, 1).toString(), POSED)
                .passed()
                .orElseThrow();
    }

    private static Outcome<Proof> finish(ObjectNode answer, SoftKey owned) {
        return new Assertion(PARTY, KeyPolicy.Preference.PREFERRED, List.of(owned.stored()), SoftKey.USER)
                .finish(answer.toString(), POSED);
    }

    private static void assertRefused(Outcome<Proof> outcome, String reason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).contains(reason));
    }
}
