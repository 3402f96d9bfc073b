package io.sallyport.audit.sealing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.jose.jwk.JSONWebKeySet;
import org.keycloak.util.JWKSUtils;
import org.keycloak.util.JsonSerialization;

/**
 * Public keys that realms signed with and no longer have, from files that the operator puts there: whoever can write to the
 * database makes no key known.
 */
final class FormerKeys {

    static final FormerKeys NONE = new FormerKeys(Optional.empty());

    private static final Logger LOG = Logger.getLogger(FormerKeys.class);

    private final Optional<Path> directory;

    /**
     * @param directory with one JWKS for each realm, as it was published, named after its id
     * @throws IllegalStateException if there is to be one that can't be read
     */
    FormerKeys(Optional<Path> directory) {
        this.directory = directory;
        if (directory
                .filter(path -> !Files.isDirectory(path) || !Files.isReadable(path))
                .isPresent()) {
            throw new IllegalStateException("former-keys = " + directory.get() + ", want a directory to read");
        }
    }

    /** Those of one realm, read anew each time: it is asked for only when something is wrong. */
    List<KeyWrapper> of(String realmId) {
        Optional<Path> file = directory
                .map(path -> path.resolve(FileName.of(realmId) + ".json"))
                .filter(Files::isRegularFile);
        if (file.isEmpty()) {
            return List.of();
        }
        try {
            JSONWebKeySet keys = JsonSerialization.readValue(Files.readString(file.get()), JSONWebKeySet.class);
            return Stream.of(keys.getKeys())
                    .map(JWKSUtils::getKeyWrapper)
                    .filter(Objects::nonNull)
                    .toList();
        } catch (IOException unreadable) {
            LOG.errorf("The former keys of realm %s can't be read: %s", realmId, unreadable);
            return List.of();
        }
    }
}
