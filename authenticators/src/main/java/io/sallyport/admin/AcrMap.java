package io.sallyport.admin;

import io.sallyport.provider.SettingsMirror.Drift;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
final class AcrMap implements Fixture {

    /** Name of the attribute of realms and clients. */
    static final String ATTRIBUTE = Constants.ACR_LOA_MAP;

    private static final String MFA = "mfa";
    private static final String BROKEN = "is no JSON object of numbers";

    private final RealmModel realm;

    AcrMap(RealmModel realm) {
        this.realm = realm;
    }

    /** What has to be mended first: maps that Keycloak can't read, which stay as they are. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (levels(realm.getAttribute(ATTRIBUTE)).isEmpty()) {
            problems.add(ATTRIBUTE + " of the realm: " + BROKEN);
        }
        realm.getClientsStream()
                .filter(client -> levels(client.getAttribute(ATTRIBUTE)).isEmpty())
                .forEach(client -> problems.add(ATTRIBUTE + " of the client " + client.getClientId() + ": " + BROKEN));
        return problems;
    }

    @Override
    public String name() {
        return "attribute " + ATTRIBUTE;
    }

    /** Of the realm, or of a client with a map of its own. */
    @Override
    public boolean isMissing() {
        return drift().isPresent()
                || realm.getClientsStream().anyMatch(client -> addedTo(client).isPresent());
    }

    @Override
    public void putInPlace() {
        added(Optional.ofNullable(realm.getAttribute(ATTRIBUTE))).ifPresent(map -> realm.setAttribute(ATTRIBUTE, map));
        realm.getClientsStream().forEach(AcrMap::addTo);
    }

    @Override
    public boolean isThere() {
        return removed(realm.getAttribute(ATTRIBUTE)).isPresent()
                || realm.getClientsStream()
                        .anyMatch(client ->
                                removed(client.getAttribute(ATTRIBUTE)).isPresent());
    }

    @Override
    public void takeAway() {
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
    }

    /** How the realm's map differs from what it must say. */
    Optional<Drift> drift() {
        Optional<String> found = Optional.ofNullable(realm.getAttribute(ATTRIBUTE));
        return added(found).map(map -> new Drift(ATTRIBUTE, found, Optional.of(map)));
    }

    /** Gives it to an OIDC client with a map of its own, which hides the realm's; others need none. */
    static void addTo(ClientModel client) {
        addedTo(client).ifPresent(map -> client.setAttribute(ATTRIBUTE, map));
    }

    private static Optional<String> addedTo(ClientModel client) {
        boolean oidc = client.getProtocol() == null || OIDCLoginProtocol.LOGIN_PROTOCOL.equals(client.getProtocol());
        Optional<String> own = Optional.ofNullable(client.getAttribute(ATTRIBUTE))
                .filter(map ->
                        oidc && levels(map).filter(levels -> !levels.isEmpty()).isPresent());
        return own.isPresent() ? added(own) : Optional.empty();
    }

    /** The map with it; empty if it was there, and for a map that is broken: what it meant is not ours to forget. */
    private static Optional<String> added(Optional<String> found) {
        return levels(found.orElse(""))
                .filter(levels -> !Objects.equals(levels.put(MFA, Constants.NO_LOA), Constants.NO_LOA))
                .map(AcrMap::text);
    }

    /** The map without it, as text, which is empty if nothing is left; empty if it was not there. */
    private static Optional<String> removed(@Nullable String found) {
        return levels(found)
                .filter(levels -> Objects.equals(levels.remove(MFA), Constants.NO_LOA))
                .map(levels -> levels.isEmpty() ? "" : text(levels));
    }

    /** What Keycloak makes of it, where none is an empty map; empty if it is broken. */
    private static Optional<Map<String, Integer>> levels(@Nullable String map) {
        try {
            Map<String, Integer> levels = new LinkedHashMap<>();
            if (map != null && !map.isBlank()) {
                Optional.ofNullable(AcrUtils.parseAcrLoaMap(map)).ifPresent(levels::putAll);
            }
            return Optional.of(levels);
        } catch (IOException broken) {
            return Optional.empty();
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
