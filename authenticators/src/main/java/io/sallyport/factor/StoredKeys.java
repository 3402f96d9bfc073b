package io.sallyport.factor;

import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import io.sallyport.factor.webauthn.Bytes;
import io.sallyport.factor.webauthn.KeyOptions;
import io.sallyport.factor.webauthn.NewKey;
import io.sallyport.factor.webauthn.StoredKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialPublicKeyConverter;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.models.credential.dto.WebAuthnCredentialData;
import org.keycloak.util.JsonSerialization;

/** The keys of a user as Keycloak stores them, so that those from before us go on working and those of ours would too. */
final class StoredKeys {

    /** WebAuthn §5.4.3: a user handle has at most 64 bytes. */
    private static final int MAX_HANDLE = 64;

    private final UserModel user;
    private final CredentialPublicKeyConverter publicKeys = new CredentialPublicKeyConverter(new ObjectConverter());

    StoredKeys(UserModel user) {
        this.user = user;
    }

    /** What authenticators remember the user by: as Keycloak does, whose sign-in by passkey reads it. */
    static Bytes handle(UserModel user) {
        Bytes id = Bytes.of(user.getId().getBytes(StandardCharsets.UTF_8));
        return id.length() <= MAX_HANDLE ? id : id.sha256();
    }

    /** His keys of this type, preferred one first. */
    List<WebAuthnCredentialModel> all(String type) {
        return credentials(type).toList();
    }

    private Stream<WebAuthnCredentialModel> credentials(String type) {
        return user.credentialManager()
                .getStoredCredentialsByTypeStream(type)
                .map(WebAuthnCredentialModel::createFromCredentialModel);
    }

    static Bytes id(WebAuthnCredentialModel credential) {
        return Bytes.of(Base64.getMimeDecoder()
                .decode(credential.getWebAuthnCredentialData().getCredentialId()));
    }

    /** The credential id in what Keycloak stored about a key; empty if it can't be read: then it can't sign in either. */
    static Optional<Bytes> id(@Nullable String credentialData) {
        try {
            return Optional.ofNullable(JsonSerialization.readValue(credentialData, WebAuthnCredentialData.class))
                    .map(WebAuthnCredentialData::getCredentialId)
                    .map(id -> Bytes.of(Base64.getMimeDecoder().decode(id)));
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    StoredKey key(WebAuthnCredentialModel credential) {
        WebAuthnCredentialData data = credential.getWebAuthnCredentialData();
        Bytes id = id(credential);
        return new StoredKey(
                id,
                new AttestedCredentialData(
                        new AAGUID(data.getAaguid()),
                        id.toBytes(),
                        publicKeys.convertToEntityAttribute(data.getCredentialPublicKey())));
    }

    static KeyOptions.Known known(WebAuthnCredentialModel credential) {
        return new KeyOptions.Known(
                id(credential),
                Optional.ofNullable(credential.getWebAuthnCredentialData().getTransports()).stream()
                        .flatMap(transports -> transports.stream())
                        .toList());
    }

    /** Stores a new key under the id of its enrollment. */
    void add(NewKey key, String type, String enrollmentId, String label) {
        WebAuthnCredentialModel credential = WebAuthnCredentialModel.create(
                type,
                label,
                key.credential().getAaguid().toString(),
                Base64.getEncoder().encodeToString(key.id().toBytes()),
                null,
                publicKeys.convertToDatabaseColumn(key.credential().getCOSEKey()),
                key.signCount(),
                key.format(),
                new HashSet<>(key.transports()));
        credential.setId(enrollmentId);
        user.credentialManager().createStoredCredential(credential);
    }
}
