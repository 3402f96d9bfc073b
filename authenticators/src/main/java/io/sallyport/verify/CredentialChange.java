package io.sallyport.verify;

import io.sallyport.policy.NetworkAddress;
import io.sallyport.provider.ClientAddress;
import org.keycloak.credential.CredentialModel;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;

/**
 * Keycloak's own event of a changed credential, beside ours and in the same transaction, where Keycloak does not emit it
 * itself: its listeners know no other, its Shared Signals transmitter (CAEP credential-change) among them.
 */
public final class CredentialChange {

    private CredentialChange() {}

    /** The user has this credential now. */
    static void added(KeycloakSession session, RealmModel realm, Attempt attempt, CredentialModel credential) {
        EventBuilder event = event(session, realm, EventType.UPDATE_CREDENTIAL, attempt.user(), credential.getType())
                .detail(Details.CREDENTIAL_ID, credential.getId());
        attempt.clientId().ifPresent(event::client);
        event.success();
    }

    /** He has it no more. */
    public static void removed(KeycloakSession session, RealmModel realm, UserModel user, CredentialModel credential) {
        event(session, realm, EventType.REMOVE_CREDENTIAL, user, credential.getType())
                .detail(Details.CREDENTIAL_ID, credential.getId())
                .success();
    }

    /** He has a new set of recovery codes, in place of any before. It is no credential of Keycloak's, and is told as if it were. */
    static void codesGiven(KeycloakSession session, RealmModel realm, UserModel user) {
        event(session, realm, EventType.UPDATE_CREDENTIAL, user, RecoveryAuthnCodesCredentialModel.TYPE)
                .success();
    }

    /** No code is left of it. */
    static void codesGone(KeycloakSession session, RealmModel realm, UserModel user) {
        event(session, realm, EventType.REMOVE_CREDENTIAL, user, RecoveryAuthnCodesCredentialModel.TYPE)
                .success();
    }

    private static EventBuilder event(
            KeycloakSession session, RealmModel realm, EventType type, UserModel user, String credentialType) {
        EventBuilder event =
                new EventBuilder(realm, session).event(type).user(user).detail(Details.CREDENTIAL_TYPE, credentialType);
        ClientAddress.of(session, realm).map(NetworkAddress::text).ifPresent(event::ipAddress);
        return event;
    }
}
