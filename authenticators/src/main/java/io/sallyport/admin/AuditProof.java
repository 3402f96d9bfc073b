package io.sallyport.admin;

import io.sallyport.event.AuditFilter;
import io.sallyport.event.AuditQuery;
import io.sallyport.event.AuditReader;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.RowProof;
import io.sallyport.event.Trail;
import io.sallyport.json.Problem;
import jakarta.ws.rs.WebApplicationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The proof of one row, or why there is none. */
record AuditProof(KeycloakSession session, RealmModel realm, Administrator caller) {

    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

    /** Of the row of this event; a row is sealed within a second, so a new one is worth another try. */
    Map<String, Object> of(String eventId) {
        AuditReader reader = session.getProvider(AuditReader.class);
        Map<String, Object> row = row(reader, eventId)
                .orElseThrow(() -> Problem.NOT_FOUND.exception(session, List.of("no row of the trail has this id")));
        return reader.proof(realm.getId(), eventId)
                .map(AuditProof::json)
                .orElseThrow(() -> row.containsKey("position")
                        ? Problem.MFA_UNAVAILABLE.exception(
                                session,
                                List.of("what leads from the row to the signature is not all there: verify an export"))
                        : notYet());
    }

    private Optional<Map<String, Object>> row(AuditReader reader, String eventId) {
        if (!ID.matcher(eventId).matches()) {
            return Optional.empty();
        }
        AuditQuery query = new AuditQuery(
                Map.of(AuditFilter.EVENT_ID, eventId), Optional.empty(), Optional.empty(), Optional.empty(), 1);
        Trail.recordFirst(session, realm, AuditReading.event(MfaEventType.AUDIT_READ, caller, query));
        return reader.read(realm.getId(), query).rows().stream().findFirst();
    }

    private WebApplicationException notYet() {
        return Problem.MFA_UNAVAILABLE.exception(
                session, List.of("the row is yet to be sealed: try again"), Map.of("Retry-After", "2"));
    }

    private static Map<String, Object> json(RowProof proof) {
        Map<String, Object> body = new LinkedHashMap<>(proof.line());
        body.put("tree_size", proof.size());
        body.put("path", proof.path());
        body.put("checkpoint", proof.checkpoint());
        return body;
    }
}
