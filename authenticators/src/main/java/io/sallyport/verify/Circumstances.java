package io.sallyport.verify;

import io.sallyport.policy.NetworkAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * What a sign-in is like apart from who signs in.
 *
 * @param clientId {@code client_id} of the application
 * @param address address of the client; absent if it can't be told
 * @param identityProvider alias of the identity provider that vouched for the user; absent for a local sign-in
 * @param refreshOfSessionSince start of the session that is only being refreshed; absent for every other way in
 * @param now when
 */
public record Circumstances(
        String clientId,
        Optional<NetworkAddress> address,
        Optional<String> identityProvider,
        Optional<Instant> refreshOfSessionSince,
        Instant now) {}
