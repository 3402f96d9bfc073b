package io.sallyport.admin;

import io.sallyport.factor.sms.ConfiguredSender;
import io.sallyport.factor.sms.SmsSpend;
import io.sallyport.provider.DatabaseClock;
import io.sallyport.provider.SmsSetting;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** {@code health}: what an administrator should look at before anything goes wrong. */
public final class HealthResource extends CalledResource {

    HealthResource(KeycloakSession session, RealmModel realm, Administrator caller) {
        super(session, realm, caller);
    }

    /** Every part with its state, the worst state of all, and the messages of a day. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response read() {
        caller.require(Permission.STATUS);
        return Answer.of(session, () -> {
            Instant now = DatabaseClock.now(session);
            Health health = Health.of(session, realm);
            List<HealthPart> parts = health.parts(now);
            return Map.of(
                    "enabled",
                    health.enabled(),
                    "state",
                    HealthPart.worst(parts).name(),
                    "parts",
                    parts.stream().map(HealthPart::json).toList(),
                    "sms",
                    sms(health, now));
        });
    }

    private Map<String, Object> sms(Health health, Instant now) {
        SmsSpend spend =
                SmsSpend.of(session.getProvider(JpaConnectionProvider.class).getEntityManager(), realm.getId(), now);
        return Map.of(
                "sender",
                ConfiguredSender.factory(session).isPresent(),
                "sent",
                spend.sent(),
                "failed",
                spend.failed(),
                "used",
                spend.used(),
                "cap",
                health.settings().get(SmsSetting.DAY_CAP));
    }
}
