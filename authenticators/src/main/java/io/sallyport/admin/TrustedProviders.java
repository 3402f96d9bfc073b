package io.sallyport.admin;

import io.sallyport.json.InvalidRequest;
import io.sallyport.policy.store.PolicyLock;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Settings;
import io.sallyport.provider.SsoSetting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Keeps the list of providers that are trusted for MFA to those that there are: trust in a name must not wait for whoever
 * is called so next.
 */
final class TrustedProviders {

    private static final String NAME = SsoSetting.TRUSTED_PROVIDERS.name();

    private TrustedProviders() {}

    /** Throws an {@link InvalidRequest} that names every provider that there is not. */
    static void check(KeycloakSession session, RealmModel realm, Settings settings) {
        KeycloakDirectory directory = new KeycloakDirectory(session, realm);
        List<String> problems = settings.get(SsoSetting.TRUSTED_PROVIDERS).stream()
                .filter(alias -> !directory.hasIdentityProvider(alias))
                .sorted()
                .map(alias -> "$.settings." + NAME + ": there is no " + alias)
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidRequest(problems);
        }
    }

    /** Ends the trust in a provider that was removed. */
    static void gone(KeycloakSession session, RealmModel realm, String alias) {
        if (!RealmSettings.of(session, realm).get(SsoSetting.TRUSTED_PROVIDERS).contains(alias)) {
            return;
        }
        PolicyLock.hold(session, realm);
        Set<String> left =
                Settings.from(SettingsChange.merged(session, realm, Map.of()))
                        .get(SsoSetting.TRUSTED_PROVIDERS)
                        .stream()
                        .filter(other -> !other.equals(alias))
                        .collect(Collectors.toUnmodifiableSet());
        Map<String, String> texts = SettingsChange.merged(
                session, realm, Map.of(NAME, Optional.of(SsoSetting.text(left)).filter(text -> !text.isEmpty())));
        new SettingsChange(session, realm, "identity provider " + alias + " is gone", Optional.empty())
                .apply(Settings.from(texts));
    }
}
