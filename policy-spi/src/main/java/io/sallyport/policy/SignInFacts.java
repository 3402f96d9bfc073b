package io.sallyport.policy;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Everything about one sign-in that the policy may look at; the server collects it, the client chooses none of it.
 *
 * @param userId id of the user
 * @param tenants ids of the organizations that count for this sign-in
 * @param groups ids of the user's groups, ancestors included
 * @param roles effective roles: {@code name} for realm roles, {@code client/name} for client roles
 * @param clientId {@code client_id} of the application
 * @param address address of the client; absent if it can't be told, then it is inside of nothing
 * @param identityProvider alias of the identity provider that vouched for the user; absent for a local sign-in
 * @param enrolled methods of which the user has an active enrollment
 * @param available methods that can be verified and enrolled in this realm
 * @param refreshOfSessionSince start of the session that is only being refreshed; absent for every other way in
 * @param now time of the decision
 */
public record SignInFacts(
        String userId,
        Set<String> tenants,
        Set<String> groups,
        Set<String> roles,
        String clientId,
        Optional<NetworkAddress> address,
        Optional<String> identityProvider,
        Set<Method> enrolled,
        Set<Method> available,
        Optional<Instant> refreshOfSessionSince,
        Instant now) {

    public SignInFacts {
        tenants = Set.copyOf(tenants);
        groups = Set.copyOf(groups);
        roles = Set.copyOf(roles);
        enrolled = Set.copyOf(enrolled);
        available = Set.copyOf(available);
    }
}
