package io.sallyport.rest;

import io.sallyport.enroll.EnrollmentRights;
import io.sallyport.enroll.NewRecoveryCodes;
import io.sallyport.verify.CallRate;
import java.util.Map;

/** Gives the caller new recovery codes for the old ones, by a fresh proof of a factor: a code never makes codes. */
final class RecoveryCodesCall {

    private final Caller caller;

    RecoveryCodesCall(Caller caller) {
        this.caller = caller;
    }

    Map<String, Object> answer() {
        Refusals refusals = new Refusals(caller);
        refusals.ifTooMany(CallRate.Kind.RECOVERY_CODES);
        refusals.ifLocked();
        EnrollmentRights rights = new EnrollmentRights(caller.session(), caller.realm(), caller.place(), caller.user());
        if (!rights.provedFactor() || !rights.hasProvedFactorStill()) {
            throw refusals.unproved();
        }
        return Map.of("recovery_codes", new NewRecoveryCodes(caller.session(), caller.realm()).forUser(caller.user()));
    }
}
