package io.sallyport.audit.sealing;

import org.keycloak.models.KeycloakSession;

/** Whoever is to hear of a checkpoint that is kept, beside the log and the file. */
public interface Herald {

    /** In the transaction in which it is kept, and by its size: what it says stands in its row. */
    void tell(KeycloakSession session, String realmId, long leaves);
}
