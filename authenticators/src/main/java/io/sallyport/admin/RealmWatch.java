package io.sallyport.admin;

import io.sallyport.crypto.SecretBox;
import io.sallyport.json.InvalidRequest;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import io.sallyport.provider.Settings;
import io.sallyport.provider.SettingsMirror;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;

/** Follows what happens to realms: imports that bring MFA along, new clients, identity providers that go, the start of the server. */
final class RealmWatch {

    private static final Logger LOG = Logger.getLogger(RealmWatch.class);
    private static final String POLICY_ATTRIBUTE = "mfa.policy";
    private static final String IMPORT = "realm import";

    void onEvent(ProviderEvent event) {
        if (event instanceof RealmModel.RealmPostCreateEvent created) {
            imported(created.getKeycloakSession(), created.getCreatedRealm());
        } else if (event instanceof ClientModel.ClientUpdatedEvent updated) {
            clientChanged(updated.getKeycloakSession(), updated.getUpdatedClient());
        } else if (event instanceof RealmModel.IdentityProviderRemovedEvent removed) {
            TrustedProviders.gone(
                    removed.getKeycloakSession(),
                    removed.getRealm(),
                    removed.getRemovedIdentityProvider().getAlias());
        } else if (event instanceof PostMigrationEvent ready) {
            KeycloakSessionFactory sessions = ready.getFactory();
            each(sessions, RealmSettings::enabledRealms, "is not repaired", RealmWatch::repaired);
            each(sessions, SettingsMirror::realms, "keeps the attributes that it has", RealmWatch::mirrored);
        }
    }

    /** The attributes of an imported realm are taken over, once; one with broken attributes is not imported at all. */
    private static void imported(KeycloakSession session, RealmModel realm) {
        Map<String, String> settings = new LinkedHashMap<>();
        Setting.all()
                .forEach(key -> Optional.ofNullable(realm.getAttribute(key.name()))
                        .ifPresent(text -> settings.put(key.name(), text)));
        try {
            Settings wanted = Settings.from(settings);
            if (wanted.get(Setting.ENABLED)) {
                Optional<Object> policy = Optional.ofNullable(realm.getAttribute(POLICY_ATTRIBUTE))
                        .map(RequestBody::plain);
                new RealmSetup(session, realm)
                        .apply(new SetupRequest(Optional.of(IMPORT), settings, policy), Optional.empty());
            } else if (!settings.isEmpty()) {
                new SettingsChange(session, realm, IMPORT, Optional.empty()).apply(wanted);
            }
        } catch (IllegalArgumentException | InvalidRequest bad) {
            throw new ModelException("Realm " + realm.getName() + " is not imported: " + bad.getMessage());
        }
    }

    /** A client that was made without the realm's default scopes gets the one that its tokens need. */
    private static void clientChanged(KeycloakSession session, ClientModel client) {
        if (RealmSettings.enabled(session, client.getRealm())) {
            new ClaimsOfClients(client.getRealm()).addTo(client);
            AcrMap.addTo(client);
        }
    }

    /**
     * Each realm in a transaction of its own: what is read for one would be looked at again with every other, and one whose
     * settings nobody can read, where nobody passes, keeps no other from starting.
     */
    private static void each(
            KeycloakSessionFactory sessions,
            Function<KeycloakSession, Collection<String>> realms,
            String otherwise,
            BiConsumer<KeycloakSession, RealmModel> act) {
        KeycloakModelUtils.runJobInTransactionWithResult(sessions, realms::apply)
                .forEach(id -> {
                    try {
                        KeycloakModelUtils.runJobInTransaction(
                                sessions,
                                own -> Optional.ofNullable(own.realms().getRealm(id))
                                        .ifPresent(realm -> {
                                            own.getContext().setRealm(realm);
                                            act.accept(own, realm);
                                        }));
                    } catch (RuntimeException broken) {
                        LOG.errorf(broken, "Realm with the id %s %s", id, otherwise);
                    }
                });
    }

    private static void repaired(KeycloakSession session, RealmModel realm) {
        new RealmFixtures(realm)
                .putInPlace()
                .forEach(missing -> LOG.warnf("Realm %s had lost %s, put back", realm.getName(), missing));
        if (!SecretBox.configured().usable()) {
            LOG.errorf(
                    "Realm %s enforces MFA, but there is no usable encryption key: nobody can pass. Set"
                            + " spi-credential--keycloak-otp--key-file to a file with a line id:base64.",
                    realm.getName());
        }
    }

    private static void mirrored(KeycloakSession session, RealmModel realm) {
        MirrorWatch.restore(session, realm);
    }
}
