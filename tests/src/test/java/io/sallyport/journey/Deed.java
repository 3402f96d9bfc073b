package io.sallyport.journey;

import io.sallyport.journey.Seen.Answer;
import java.util.List;
import java.util.Set;

/**
 * One call of a client in the storm.
 *
 * @param correlation the id that its rows in the trail have
 * @param user id of the user whom it is about; empty if it is about nobody
 * @param uses what it would use up, each good for one success
 * @param error by which name it was refused; empty if it was not
 */
record Deed(String correlation, DeedKind kind, String user, List<String> uses, Answer answer, String error) {

    /** Refusals that are decisions about MFA, so that each has its row; others say that the call itself was none. */
    private static final Set<String> ON_RECORD = Set.of(
            "invalid_grant",
            "mfa_required",
            "INVALID_OTP",
            "MFA_CODE_ALREADY_USED",
            "MFA_LOCKED",
            "MFA_REQUIRED",
            "LAST_FACTOR");

    Deed {
        uses = List.copyOf(uses);
    }

    boolean done() {
        return answer == Answer.DONE;
    }

    boolean refusedOnRecord() {
        return answer == Answer.REFUSED && ON_RECORD.contains(error);
    }

    @Override
    public String toString() {
        return kind + " " + correlation + " of " + (user.isEmpty() ? "nobody" : user) + " (" + answer
                + (error.isEmpty() ? "" : " " + error) + ")";
    }
}
