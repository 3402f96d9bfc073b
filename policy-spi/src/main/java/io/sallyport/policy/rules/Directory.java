package io.sallyport.policy.rules;

import java.util.Optional;

/** Finds the ids behind the names that administrators use in a document. */
public interface Directory {

    /** The id of the user of this username. */
    Optional<String> user(String username);

    /** The id of the group at this path, such as {@code /finance/accounts-payable}. */
    Optional<String> group(String path);

    /** The id of the organization of this alias. */
    Optional<String> organization(String alias);

    /** A directory in which every name is its own id, for documents that hold ids already. */
    static Directory ofIds() {
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
        };
    }
}
