package io.sallyport.admin;

import io.sallyport.json.Problem;
import io.sallyport.provider.RealmSettings;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * {@code …/mfa/console}: what the screens in the admin console begin with, so that they show nothing that their reader may
 * not do. It decides nothing: every call looks at its caller again.
 */
public final class ConsoleResource extends CalledResource {

    ConsoleResource(KeycloakSession session, RealmModel realm, Administrator caller) {
        super(session, realm, caller);
    }

    /** Who the caller is here, and the texts in his language; 403 for who may do nothing at all. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response read() {
        List<String> may = caller.roles();
        if (may.isEmpty()) {
            throw Problem.FORBIDDEN.exception(session, List.of("none of the roles of mfa is given"));
        }
        return Answer.of(session, () -> {
            Locale locale = caller.home(ConsoleTexts.in(session)::localeOf);
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("enforced", RealmSettings.enabled(session, realm));
            view.put("may", may);
            view.put("language", locale.toLanguageTag());
            view.put(
                    "texts",
                    caller.home((home, user) -> ConsoleTexts.in(session).of(home, locale)));
            return view;
        });
    }
}
