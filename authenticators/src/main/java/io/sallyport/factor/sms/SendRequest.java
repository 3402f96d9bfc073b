package io.sallyport.factor.sms;

import java.util.List;
import java.util.Optional;

/**
 * Somebody wants a message.
 *
 * @param realmId id of the realm
 * @param userId id of the user
 * @param challengeId the challenge; it gets one message at most
 * @param number where it would go
 * @param address the range of the client's address; absent if none is known: then the others count
 * @param tenants ids of the organizations that count
 */
public record SendRequest(
        String realmId,
        String userId,
        String challengeId,
        PhoneNumber number,
        Optional<String> address,
        List<String> tenants) {

    public SendRequest {
        tenants = List.copyOf(tenants);
    }
}
