package io.sallyport.factor.webauthn;

import java.util.ArrayList;
import java.util.List;

/**
 * An assertion that held every step but the last guard: whether its counter is new, only the database can tell.
 *
 * @param key the key that signed
 * @param signCount its counter; 0 if it has none
 * @param userVerified whether the authenticator checked its user: then the key alone is two factors
 * @param backupEligible whether the key may be copied to other devices
 */
public record Proof(StoredKey key, long signCount, boolean userVerified, boolean backupEligible) {

    /** RFC 8176: a key that may leave its device is not a hardware key; {@code user} only where the user was checked. */
    public List<String> amr() {
        List<String> amr = new ArrayList<>();
        amr.add(backupEligible ? "swk" : "hwk");
        if (userVerified) {
            amr.add("user");
        }
        return List.copyOf(amr);
    }
}
