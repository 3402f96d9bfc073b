package io.sallyport.admin;

import io.sallyport.policy.address.StrictAddresses;
import io.sallyport.policy.rules.Condition;
import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.verify.Circumstances;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The sign-in that a simulation imagines, in an administrator's words.
 *
 * @param client {@code client_id} of the application
 * @param address address of the client
 * @param identityProvider alias of the identity provider that vouches for the user
 */
record SimulationContext(String client, Optional<String> address, Optional<String> identityProvider) {

    static final String ANY_CLIENT = "account";

    /** One that meets the conditions of these rules, as far as one sign-in can meet them all. */
    static SimulationContext meeting(Collection<PolicyRule> rules) {
        return new SimulationContext(
                first(rules, Condition.IsClient.class).orElse(ANY_CLIENT),
                first(rules, Condition.Inside.class).map(range -> range.substring(0, range.indexOf('/'))),
                first(rules, Condition.CameBy.class));
    }

    private static Optional<String> first(Collection<PolicyRule> rules, Class<? extends Condition> kind) {
        Stream<Condition> conditions = rules.stream().flatMap(rule -> rule.when().stream());
        return conditions
                .filter(kind::isInstance)
                .map(condition -> condition.values().get(0))
                .findFirst();
    }

    Circumstances at(Instant now) {
        return new Circumstances(
                client, address.flatMap(StrictAddresses::address), identityProvider, Optional.empty(), now);
    }

    Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("client", client);
        address.ifPresent(text -> map.put("address", text));
        identityProvider.ifPresent(alias -> map.put("identity_provider", alias));
        return map;
    }
}
