package io.sallyport.admin;

import io.sallyport.policy.store.PolicyLock;
import io.sallyport.provider.ConfigKey;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import io.sallyport.provider.SettingsMirror;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** {@code /admin/realms/{realm}/mfa/settings}: every setting as it is stored, and its change. */
public final class SettingsResource extends CalledResource {

    SettingsResource(KeycloakSession session, RealmModel realm, Administrator caller) {
        super(session, realm, caller);
    }

    /** All settings, and where the realm's attributes say something else. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response read() {
        caller.require(Permission.ALL);
        return Answer.of(session, this::view);
    }

    /** Changes settings, all or none; answers like the read-out. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response change(@Nullable String posted) {
        caller.require(Permission.ALL);
        String body = Answer.body(session, Optional.ofNullable(posted).orElse(""));
        return Answer.of(session, () -> {
            caller.requireFreshProof();
            PolicyLock.hold(session, realm); // before anything is read: what was seen must hold until it is changed
            SettingsRequest request =
                    SettingsRequest.parse(body, changes -> SettingsChange.merged(session, realm, changes));
            new SettingsAsSeen(session, realm).check(request.seen());
            if (request.settings().get(Setting.ENABLED) && !isEnabled()) {
                caller.requireMayEnable();
                new RealmFixtures(realm).putInPlace();
            }
            new SettingsChange(session, realm, request.reason(), Optional.of(caller.id())).apply(request.settings());
            return view();
        });
    }

    /** Past the cache and unparsed, so that a broken row can be seen and mended here. */
    private boolean isEnabled() {
        return "true".equals(RealmSettings.stored(session, realm).get(Setting.ENABLED.name()));
    }

    private Map<String, Object> view() {
        Map<String, String> stored = RealmSettings.stored(session, realm);
        List<Map<String, Object>> settings = Setting.all().stream()
                .map(key -> view(key, Optional.ofNullable(stored.get(key.name()))))
                .toList();
        Stream<SettingsMirror.Drift> levels = isEnabled() ? new AcrMap(realm).drift().stream() : Stream.empty();
        List<Map<String, Object>> mirror = Stream.concat(SettingsMirror.drift(session, realm).stream(), levels)
                .map(SettingsResource::view)
                .toList();
        return Map.of("settings", settings, "mirror", mirror);
    }

    private static Map<String, Object> view(ConfigKey<?> key, Optional<String> text) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", key.name());
        view.put("label", key.label());
        view.put("help", key.help());
        view.put("default", key.defaultText());
        view.put("value", text.orElse(key.defaultText()));
        view.put("set", text.isPresent());
        view.put("form", form(key));
        return view;
    }

    /** What a text must look like, as far as it can be said so simply. */
    private static Map<String, Object> form(ConfigKey<?> key) {
        return key.bounds()
                .<Map<String, Object>>map(bounds -> Map.of("least", bounds.least(), "most", bounds.most()))
                .orElseGet(() -> key.choices().isEmpty() ? Map.of() : Map.of("of", key.choices()));
    }

    private static Map<String, Object> view(SettingsMirror.Drift drift) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", drift.name());
        drift.found().ifPresent(text -> view.put("found", text));
        drift.expected().ifPresent(text -> view.put("expected", text));
        return view;
    }
}
