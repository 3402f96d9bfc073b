package io.sallyport.factor;

import io.sallyport.factor.webauthn.PartySources;
import io.sallyport.factor.webauthn.RelyingParty;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import io.sallyport.provider.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Environment;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.WebAuthnPolicy;

/** Who we are to the keys of a realm: from its settings, its WebAuthn policy, its frontend URL and the server's hostname. */
final class ConfiguredParty {

    private static final Logger LOG = Logger.getLogger(ConfiguredParty.class);
    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private ConfiguredParty() {}

    /** The relying party; empty if none is configured: then keys are not offered, and the log says so once. */
    static Optional<RelyingParty> of(KeycloakSession session, RealmModel realm, WebAuthnPolicy policy) {
        Settings settings = RealmSettings.of(session, realm);
        Optional<RelyingParty> party = new PartySources(
                        settings.get(Setting.WEBAUTHN_RP_ID),
                        settings.get(Setting.WEBAUTHN_ORIGINS),
                        named(policy.getRpId()),
                        Optional.ofNullable(policy.getExtraOrigins()).orElse(List.of()),
                        addresses(realm, ConfigProvider.getConfig()))
                .party();
        if (party.isEmpty() && WARNED.add(realm.getId())) {
            LOG.warnf(
                    "Realm %s has no origin for passkeys and security keys, so none can be used: set %s, the realm's frontend"
                            + " URL or the server's hostname",
                    realm.getName(), Setting.WEBAUTHN_ORIGINS.name());
        }
        return party;
    }

    private static List<URI> addresses(RealmModel realm, Config server) {
        Optional<URI> frontend = named(realm.getAttribute("frontendUrl")).flatMap(ConfiguredParty::address);
        if (frontend.isPresent()) {
            return List.of(frontend.get());
        }
        Optional<String> hostname =
                server.getOptionalValue("kc.hostname", String.class).flatMap(ConfiguredParty::named);
        String https = server.getOptionalValue("kc.https-port", String.class).orElse("8443");
        List<URI> addresses = new ArrayList<>();
        if (hostname.isPresent() && hostname.get().contains("://")) {
            addresses.add(URI.create(hostname.get()));
        } else if (hostname.isPresent()) {
            addresses.add(URI.create("https://" + hostname.get()));
            addresses.add(URI.create("https://" + hostname.get() + ":" + https));
        } else if (Environment.isDevMode()) {
            String http = server.getOptionalValue("kc.http-port", String.class).orElse("8080");
            addresses.add(URI.create("http://localhost:" + http));
            addresses.add(URI.create("https://localhost:" + https));
        }
        return addresses;
    }

    /** A frontend URL that is none, Keycloak passes over, and goes on to the hostname. */
    private static Optional<URI> address(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException none) {
            return Optional.empty();
        }
    }

    private static Optional<String> named(@Nullable String text) {
        return Optional.ofNullable(text).map(String::strip).filter(found -> !found.isEmpty());
    }
}
