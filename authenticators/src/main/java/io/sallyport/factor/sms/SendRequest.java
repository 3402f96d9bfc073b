package io.sallyport.factor.sms;

import java.util.List;

/**
 * Somebody wants a message.
 *
 * @param realmId id of the realm
 * @param userId id of the user
 * @param challengeId the challenge; it gets one message at most
 * @param number where it would go
 * @param address the client's
 * @param tenants ids of the organizations that count
 */
public record SendRequest(
        String realmId, String userId, String challengeId, PhoneNumber number, String address, List<String> tenants) {

    public SendRequest {
        tenants = List.copyOf(tenants);
    }
}
