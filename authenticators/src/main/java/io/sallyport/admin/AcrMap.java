package io.sallyport.admin;

import io.sallyport.provider.SettingsMirror.Drift;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.AcrUtils;
import org.keycloak.util.JsonSerialization;

/**
 * The entry of {@code mfa} in the maps of acr values to levels. It stands for no level: so Keycloak 26.7 knows the value,
 * neither asks for a password to reach it nor ever prints it itself, and leaves it to the gate. Other entries are the
 * administrators' own.
 */
final class AcrMap {

    /** Name of the attribute of realms and clients. */
    static final String ATTRIBUTE = Constants.ACR_LOA_MAP;

    private static final String MFA = "mfa";

    private final RealmModel realm;

    AcrMap(RealmModel realm) {
        this.realm = realm;
    }

    /** Puts it in place, for the realm and for every client with a map of its own; false if it was there. */
    boolean putInPlace() {
        Optional<String> added = added(Optional.ofNullable(realm.getAttribute(ATTRIBUTE)));
        added.ifPresent(map -> realm.setAttribute(ATTRIBUTE, map));
        long clients = realm.getClientsStream().filter(AcrMap::addTo).count();
        return added.isPresent() || clients > 0;
    }

    /** Takes it away; false if there was none. */
    boolean takeAway() {
        realm.getClientsStream()
                .forEach(client ->
                        removed(client.getAttribute(ATTRIBUTE)).ifPresent(map -> client.setAttribute(ATTRIBUTE, map)));
        Optional<String> removed = removed(realm.getAttribute(ATTRIBUTE));
        removed.ifPresent(map -> {
            if (map.isEmpty()) {
                realm.removeAttribute(ATTRIBUTE);
            } else {
                realm.setAttribute(ATTRIBUTE, map);
            }
        });
        return removed.isPresent();
    }

    /** How the realm's map differs from what it must say. */
    Optional<Drift> drift() {
        Optional<String> found = Optional.ofNullable(realm.getAttribute(ATTRIBUTE));
        return added(found).map(map -> new Drift(ATTRIBUTE, found, Optional.of(map)));
    }

    /** Gives it to an OIDC client with a map of its own, which hides the realm's; false if it needs none. */
    static boolean addTo(ClientModel client) {
        boolean oidc = client.getProtocol() == null || OIDCLoginProtocol.LOGIN_PROTOCOL.equals(client.getProtocol());
        Optional<String> own = Optional.ofNullable(client.getAttribute(ATTRIBUTE))
                .filter(map -> oidc && !levels(map).isEmpty());
        Optional<String> added = own.isPresent() ? added(own) : Optional.empty();
        added.ifPresent(map -> client.setAttribute(ATTRIBUTE, map));
        return added.isPresent();
    }

    private static Optional<String> added(Optional<String> found) {
        Map<String, Integer> levels = found.map(AcrMap::levels).orElseGet(LinkedHashMap::new);
        return Objects.equals(levels.put(MFA, Constants.NO_LOA), Constants.NO_LOA)
                ? Optional.empty()
                : Optional.of(text(levels));
    }

    /** The map without it, as text, which is empty if nothing is left; empty if it was not there. */
    private static Optional<String> removed(@Nullable String found) {
        Map<String, Integer> levels = levels(Optional.ofNullable(found).orElse(""));
        return Objects.equals(levels.remove(MFA), Constants.NO_LOA)
                ? Optional.of(levels.isEmpty() ? "" : text(levels))
                : Optional.empty();
    }

    /** What Keycloak makes of it: nothing of a map that is broken. */
    private static Map<String, Integer> levels(String map) {
        try {
            Map<String, Integer> levels = new LinkedHashMap<>();
            if (!map.isBlank()) {
                Optional.ofNullable(AcrUtils.parseAcrLoaMap(map)).ifPresent(levels::putAll);
            }
            return levels;
        } catch (IOException broken) {
            return new LinkedHashMap<>();
        }
    }

    private static String text(Map<String, Integer> levels) {
        try {
            return JsonSerialization.writeValueAsString(levels);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
