package io.sallyport.rest;

import io.sallyport.factor.sms.ConfiguredSender;
import io.sallyport.factor.sms.SendOutcomes;
import io.sallyport.factor.sms.StatusReport;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Where the provider tells what became of a message. Whoever can't sign as the provider learns nothing, and nothing happens. */
@Path("/")
public final class SmsStatusResource {

    private static final int MAX_FIELDS = 64;

    private final KeycloakSession session;

    SmsStatusResource(KeycloakSession session) {
        this.session = session;
    }

    /** One report; the same one again changes nothing. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response report(
            @HeaderParam("X-Twilio-Signature") @Nullable String signature, MultivaluedMap<String, String> form) {
        RealmModel realm = session.getContext().getRealm();
        if (signature == null || form.size() > MAX_FIELDS) {
            return Response.status(Response.Status.FORBIDDEN).build();
        }
        Map<String, String> fields = new HashMap<>();
        form.forEach((name, values) -> fields.put(name, values.get(0)));
        return ConfiguredSender.factory(session)
                .filter(factory -> factory.isGenuine(realm.getName(), fields, signature))
                .map(factory -> kept(realm, factory.report(fields)))
                .orElseGet(() -> Response.status(Response.Status.FORBIDDEN).build());
    }

    private Response kept(RealmModel realm, Optional<StatusReport> report) {
        report.ifPresent(known -> new SendOutcomes(
                        session.getProvider(JpaConnectionProvider.class).getEntityManager())
                .reported(realm.getId(), known));
        return Response.noContent().build();
    }
}
