package io.sallyport.factor;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import io.sallyport.factor.sms.Delivery;
import io.sallyport.factor.sms.SendDecision;
import io.sallyport.factor.sms.SendOutcomes;
import io.sallyport.factor.sms.Sms;
import io.sallyport.factor.sms.SmsDispatch;
import io.sallyport.factor.sms.SmsSender;
import io.sallyport.policy.Method;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/** One message that was granted and committed, on its way to the provider; and what became of it, for the record. */
final class SmsDelivery implements Question.Delivery {

    private final KeycloakSessionFactory sessions;
    private final String realmId;
    private final SendDecision.Granted granted;
    private final SmsSender sender;
    private final Sms sms;

    SmsDelivery(
            KeycloakSessionFactory sessions, String realmId, SendDecision.Granted granted, SmsSender sender, Sms sms) {
        this.sessions = sessions;
        this.realmId = realmId;
        this.granted = granted;
        this.sender = sender;
        this.sms = sms;
    }

    @Override
    public Handover send() {
        return kept(SmsDispatch.shared().send(sender, sms));
    }

    /** Sends it when nothing else of its kind is on the way. */
    Handover tell() {
        return kept(SmsDispatch.shared().tell(sender, sms));
    }

    private Handover kept(Delivery delivery) {
        KeycloakModelUtils.runJobInTransaction(sessions, own -> keep(own, delivery));
        return delivery.match(
                sent -> new Handover.Done(),
                refused -> failed("mfaSmsUnreachable", refused.reason()),
                unavailable -> failed("mfaSmsUnavailable", unavailable.reason()),
                unclear -> new Handover.Unclear(unclear.reason()));
    }

    private static Handover failed(String message, String reason) {
        return new Handover.Failed(new Asking.NotNow(message, reason, Optional.empty()));
    }

    private void keep(KeycloakSession own, Delivery delivery) {
        SendOutcomes outcomes =
                new SendOutcomes(own.getProvider(JpaConnectionProvider.class).getEntityManager());
        outcomes.sent(granted.sendId(), delivery);
        if (outcomes.tooFewConverted(realmId)) {
            own.getContext().setRealm(own.realms().getRealm(realmId));
            Trail.recordHere(
                    own,
                    own.getContext().getRealm(),
                    MfaEvent.of(MfaEventType.FAILED, Outcome.FAILURE)
                            .with(Detail.METHOD, Method.SMS_OTP.name())
                            .with(Detail.REASON, "sms_too_few_entered"));
        }
    }
}
