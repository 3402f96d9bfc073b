package io.sallyport.policy.rules;

import io.sallyport.policy.Method;
import io.sallyport.policy.SignInFacts;
import io.sallyport.policy.address.StrictAddresses;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody who signs in, for tests: Ann, of tenant acme and group finance, from client bank, unless told otherwise.
 *
 * @param tenants ids of her organizations that count
 * @param groups ids of her groups
 * @param roles her roles
 * @param client the application
 * @param address where she is
 * @param identityProvider who vouched for her
 * @param refreshOf start of the session that is only refreshed
 */
record Visitor(
        Set<String> tenants,
        Set<String> groups,
        Set<String> roles,
        String client,
        Optional<String> address,
        Optional<String> identityProvider,
        Optional<Instant> refreshOf) {

    static final String ID = "ann";
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    static Visitor ann() {
        return new Visitor(
                Set.of("acme"),
                Set.of("finance"),
                Set.of("payer"),
                "bank",
                Optional.of("192.0.2.7"),
                Optional.empty(),
                Optional.empty());
    }

    Visitor of(String... organizations) {
        return new Visitor(Set.of(organizations), groups, roles, client, address, identityProvider, refreshOf);
    }

    Visitor in(String... others) {
        return new Visitor(tenants, Set.of(others), roles, client, address, identityProvider, refreshOf);
    }

    Visitor as(String... others) {
        return new Visitor(tenants, groups, Set.of(others), client, address, identityProvider, refreshOf);
    }

    Visitor at(String application) {
        return new Visitor(tenants, groups, roles, application, address, identityProvider, refreshOf);
    }

    /** From this address, or from nowhere that can be told. */
    Visitor from(Optional<String> place) {
        return new Visitor(tenants, groups, roles, client, place, identityProvider, refreshOf);
    }

    Visitor through(String alias) {
        return new Visitor(tenants, groups, roles, client, address, Optional.of(alias), refreshOf);
    }

    Visitor refreshing(Instant since) {
        return new Visitor(tenants, groups, roles, client, address, identityProvider, Optional.of(since));
    }

    SignInFacts facts() {
        return new SignInFacts(
                ID,
                tenants,
                groups,
                roles,
                client,
                address.flatMap(StrictAddresses::address),
                identityProvider,
                Set.of(Method.TOTP),
                Set.of(Method.TOTP, Method.WEBAUTHN, Method.SMS_OTP),
                refreshOf,
                NOW);
    }
}
