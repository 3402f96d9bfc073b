package io.sallyport.factor.webauthn;

import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import java.util.List;

/**
 * A key whose registration held every step.
 *
 * @param id its credential id
 * @param credential what an assertion is verified with
 * @param format of the attestation statement
 * @param transports how browsers may reach it
 * @param signCount the first value of its counter
 * @param userVerified whether the authenticator checked its user
 * @param backupEligible whether it may be copied to other devices
 */
public record NewKey(
        Bytes id,
        AttestedCredentialData credential,
        String format,
        List<String> transports,
        long signCount,
        boolean userVerified,
        boolean backupEligible) {

    public NewKey {
        transports = List.copyOf(transports);
    }
}
