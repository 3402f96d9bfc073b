package io.sallyport.factor;

import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import io.sallyport.factor.webauthn.KeyPolicy;
import io.sallyport.factor.webauthn.RelyingParty;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.WebAuthnPolicy;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/**
 * What a realm asks of keys of one of Keycloak's two types: its WebAuthn policy, in our words.
 *
 * @param type Keycloak's credential type
 * @param party who we are to these keys
 * @param policy what a new key must be
 * @param resident whether a key must be found without knowing its user
 * @param partyName what authenticators show
 * @param timeout how long a browser waits
 */
record RealmKeys(
        String type,
        RelyingParty party,
        KeyPolicy policy,
        KeyPolicy.Preference resident,
        String partyName,
        Duration timeout) {

    static final List<String> TYPES =
            List.of(WebAuthnCredentialModel.TYPE_TWOFACTOR, WebAuthnCredentialModel.TYPE_PASSWORDLESS);

    private static final Logger LOG = Logger.getLogger(RealmKeys.class);
    private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(2);

    private static final Map<String, COSEAlgorithmIdentifier> ALGORITHMS = Map.of(
            "ES256", COSEAlgorithmIdentifier.ES256,
            "ES384", COSEAlgorithmIdentifier.ES384,
            "ES512", COSEAlgorithmIdentifier.ES512,
            "RS256", COSEAlgorithmIdentifier.RS256,
            "RS384", COSEAlgorithmIdentifier.RS384,
            "RS512", COSEAlgorithmIdentifier.RS512,
            "Ed25519", COSEAlgorithmIdentifier.EdDSA);

    /** The keys of a type; empty if the realm has no relying party for them. */
    static Optional<RealmKeys> of(KeycloakSession session, RealmModel realm, String type) {
        WebAuthnPolicy policy = type.equals(WebAuthnCredentialModel.TYPE_PASSWORDLESS)
                ? realm.getWebAuthnPolicyPasswordless()
                : realm.getWebAuthnPolicy();
        try {
            return ConfiguredParty.of(session, realm, policy).map(party -> of(type, party, policy));
        } catch (IllegalArgumentException unreadable) {
            LOG.warnf(unreadable, "The WebAuthn policy of realm %s can't be read: no key is accepted", realm.getName());
            return Optional.empty();
        }
    }

    private static RealmKeys of(String type, RelyingParty party, WebAuthnPolicy policy) {
        return new RealmKeys(
                type,
                party,
                new KeyPolicy(
                        preference(policy.getUserVerificationRequirement()),
                        algorithms(policy.getSignatureAlgorithm()),
                        conveyance(policy.getAttestationConveyancePreference()),
                        specified(policy.getAuthenticatorAttachment()),
                        models(policy.getAcceptableAaguids())),
                resident(policy),
                policy.getRpEntityName(),
                policy.getCreateTimeout() > 0 ? Duration.ofSeconds(policy.getCreateTimeout()) : USUAL_TIMEOUT);
    }

    private static KeyPolicy.Preference resident(WebAuthnPolicy policy) {
        return specified(policy.getResidentKey()).map(RealmKeys::preference).orElse(KeyPolicy.Preference.DISCOURAGED);
    }

    private static KeyPolicy.Preference preference(@Nullable String value) {
        return specified(value)
                .map(known -> KeyPolicy.Preference.valueOf(known.toUpperCase(Locale.ROOT)))
                .orElse(KeyPolicy.Preference.PREFERRED);
    }

    private static KeyPolicy.Conveyance conveyance(@Nullable String value) {
        return specified(value)
                .map(known -> KeyPolicy.Conveyance.valueOf(known.toUpperCase(Locale.ROOT)))
                .orElse(KeyPolicy.Conveyance.NONE);
    }

    /** RS1 is not taken: SHA-1 is broken. What is left must not be nothing. */
    private static Set<Long> algorithms(@Nullable List<String> names) {
        Set<Long> algorithms = new LinkedHashSet<>();
        Optional.ofNullable(names)
                .orElse(List.of())
                .forEach(name -> Optional.ofNullable(ALGORITHMS.get(name))
                        .ifPresent(algorithm -> algorithms.add(algorithm.getValue())));
        if (algorithms.isEmpty()) {
            algorithms.add(COSEAlgorithmIdentifier.ES256.getValue());
            algorithms.add(COSEAlgorithmIdentifier.RS256.getValue());
        }
        return algorithms;
    }

    private static Set<UUID> models(@Nullable List<String> aaguids) {
        return Optional.ofNullable(aaguids).orElse(List.of()).stream()
                .filter(aaguid -> !aaguid.isBlank())
                .map(UUID::fromString)
                .collect(Collectors.toSet());
    }

    private static Optional<String> specified(@Nullable String value) {
        return Optional.ofNullable(value).filter(text -> !text.isBlank() && !text.equals("not specified"));
    }
}
