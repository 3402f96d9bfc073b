package io.sallyport.policy.rules;

import io.sallyport.policy.Network;
import java.util.Optional;
import java.util.function.Function;

/** Understands the names and ranges that administrators use in a document. */
public interface Directory {

    /** The id of the user of this username. */
    Optional<String> user(String username);

    /** The id of who is to answer for an exception, by his username or his id. */
    default Optional<String> owner(String user) {
        return user(user);
    }

    /** The id of the group at this path, such as {@code /finance/accounts-payable}. */
    Optional<String> group(String path);

    /** The id of the organization of this alias. */
    Optional<String> organization(String alias);

    /** Whether there is this role: {@code name} of the realm, {@code client/name} of a client. */
    boolean hasRole(String role);

    /** Whether there is a client of this {@code client_id}. */
    boolean hasClient(String clientId);

    /** Whether there is an identity provider of this alias. */
    boolean hasIdentityProvider(String alias);

    /** The range of addresses of this text, read strictly. */
    Optional<Network> network(String text);

    /** A directory in which every name exists and is its own id, for documents that were looked up already. */
    static Directory ofIds(Function<String, Optional<Network>> networks) {
        return new Directory() {
            @Override
            public Optional<String> user(String id) {
                return Optional.of(id);
            }

            @Override
            public Optional<String> group(String id) {
                return Optional.of(id);
            }

            @Override
            public Optional<String> organization(String id) {
                return Optional.of(id);
            }

            @Override
            public boolean hasRole(String role) {
                return true;
            }

            @Override
            public boolean hasClient(String clientId) {
                return true;
            }

            @Override
            public boolean hasIdentityProvider(String alias) {
                return true;
            }

            @Override
            public Optional<Network> network(String text) {
                return networks.apply(text);
            }
        };
    }
}
