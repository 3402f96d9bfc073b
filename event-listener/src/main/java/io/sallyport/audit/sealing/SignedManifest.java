package io.sallyport.audit.sealing;

import io.sallyport.audit.seal.Manifest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** The realm's word about an export, and about its trail. */
public final class SignedManifest {

    private SignedManifest() {}

    /** The JWS of a manifest. */
    public static String of(KeycloakSession session, String realmId, String payload) {
        return new RealmSigning(session, realmId).sign(Manifest.TYPE, payload);
    }

    /** The JWS of the manifest of an evidence packet. */
    public static String ofEvidence(KeycloakSession session, String realmId, String payload) {
        return new RealmSigning(session, realmId).sign(Manifest.EVIDENCE, payload);
    }

    /** The last checkpoint of a realm. */
    public static Optional<String> checkpoint(Connection connection, String realmId) throws SQLException {
        return new Trees(connection).of(realmId).signed().map(SignedCheckpoint::jws);
    }
}
