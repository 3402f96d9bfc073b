package io.sallyport.event;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.keycloak.provider.Provider;

/**
 * Reads a realm's audit trail for its administration, without whoever shows it knowing who keeps it, and erases people
 * from it.
 */
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

    /**
     * The whole trail of the realm with what is needed to verify it, one JSON object after the other, flat in memory; the
     * form is that of {@code docs/audit.md}.
     */
    void export(String realmId, Consumer<Map<String, Object>> line);

    /**
     * Removes what says that it was about this person, or who the person was that acted; what happened, when and by which
     * rule stays, and the trail still verifies.
     *
     * @return how many rows said so; empty if some of them are yet to be sealed, and nothing was done
     */
    OptionalInt erase(String realmId, String userId);

    @Override
    default void close() {}
}
