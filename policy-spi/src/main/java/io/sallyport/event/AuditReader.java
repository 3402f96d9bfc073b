package io.sallyport.event;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.provider.Provider;

/** Reads a realm's audit trail for its administration, without whoever shows it knowing who keeps it. */
public interface AuditReader extends Provider {

    /**
     * Rows of the realm as JSON objects, newest first; a field that does not apply is left out.
     *
     * @param userId only what is about this user
     * @param type only events of this type
     * @param first how many rows to skip, at least 0
     * @param max how many rows to return at most, 1 to 500
     */
    List<Map<String, Object>> read(
            String realmId, Optional<String> userId, Optional<MfaEventType> type, int first, int max);

    @Override
    default void close() {}
}
