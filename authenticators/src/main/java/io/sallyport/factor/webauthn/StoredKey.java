package io.sallyport.factor.webauthn;

import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;

/**
 * A key of the user, as it was stored.
 *
 * @param id its credential id
 * @param credential what an assertion is verified with
 */
public record StoredKey(Bytes id, AttestedCredentialData credential) {}
