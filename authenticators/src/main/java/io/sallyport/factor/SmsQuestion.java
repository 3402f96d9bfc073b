package io.sallyport.factor;

import io.sallyport.crypto.KeyedHash;
import io.sallyport.factor.sms.ConfiguredSender;
import io.sallyport.factor.sms.Dialled;
import io.sallyport.factor.sms.NumberRules;
import io.sallyport.factor.sms.PhoneNumber;
import io.sallyport.factor.sms.SendDecision;
import io.sallyport.factor.sms.SendRequest;
import io.sallyport.factor.sms.Sends;
import io.sallyport.factor.sms.SentCode;
import io.sallyport.factor.sms.Sms;
import io.sallyport.factor.sms.SmsCode;
import io.sallyport.factor.sms.SmsDispatch;
import io.sallyport.factor.sms.SmsSender;
import io.sallyport.factor.sms.SmsText;
import io.sallyport.provider.KeycloakClock;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Settings;
import io.sallyport.provider.SmsSetting;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Decides whether a code may be sent to a number, and makes the message; all of it before anything is sent. */
final class SmsQuestion {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final Settings settings;

    SmsQuestion(KeycloakSession session, RealmModel realm, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.user = user;
        this.settings = RealmSettings.of(session, realm);
    }

    Asking ask(PhoneNumber number, Occasion occasion) {
        Optional<SmsSender> sender = ConfiguredSender.of(session);
        if (sender.isEmpty() || !SmsDispatch.shared().open()) {
            return new Asking.NotNow("mfaSmsUnavailable", "sms_provider_resting", Optional.empty());
        }
        // rules may have changed since the number was taken
        return NumberRules.from(settings)
                .parse(number.e164())
                .match(
                        accepted -> decide(accepted.number(), occasion, sender.get()),
                        refused -> refused(refused.why()));
    }

    private static Asking refused(Dialled.Why why) {
        return new Asking.NotNow("mfaSmsUnreachable", why.wireName(), Optional.empty());
    }

    private Asking decide(PhoneNumber number, Occasion occasion, SmsSender sender) {
        SmsCode code = SmsCode.generate(RANDOM);
        Optional<SmsText> text = new SmsWording(session, realm, user).text(code, occasion);
        if (text.isEmpty()) {
            // what is approved is shown whole or not at all
            return new Asking.NotNow("mfaSmsTooLong", "sms_text_too_long", Optional.empty());
        }
        // an approval keeps its id when its page sends another code
        String message = occasion.transaction().isPresent() ? Challenges.newId() : occasion.challengeId();
        SendRequest request =
                new SendRequest(realm.getId(), user.getId(), message, number, occasion.address(), occasion.tenants());
        Sends sends =
                new Sends(session.getProvider(JpaConnectionProvider.class).getEntityManager(), KeyedHash.configured());
        return sends.decide(request, settings)
                .match(
                        granted -> new Asking.Asks(question(number, occasion, granted, sender, code, text.get())),
                        waiting -> later("mfaSmsWait", "sms_resend_cooldown", waiting.until()),
                        capped -> later("mfaSmsCapped", capped.cap().wireName(), capped.until()));
    }

    private static Asking later(String message, String reason, Instant until) {
        return new Asking.NotNow(message, reason, Optional.of(until));
    }

    private Question question(
            PhoneNumber number,
            Occasion occasion,
            SendDecision.Granted granted,
            SmsSender sender,
            SmsCode code,
            SmsText text) {
        SentCode sent =
                new SentCode(occasion.challengeId(), number, occasion.purpose().name());
        Sms sms = new Sms(
                number,
                Optional.of(code),
                text,
                occasion.locale(),
                settings.get(SmsSetting.CODE_TTL),
                granted.replaces());
        return new Question(
                sent.hash(KeyedHash.configured(), code),
                Map.of(
                        "destination",
                        number.masked(),
                        "resendAt",
                        KeycloakClock.now()
                                .plus(settings.get(SmsSetting.RESEND_COOLDOWN))
                                .toString()),
                Optional.of(new SmsDelivery(session.getKeycloakSessionFactory(), realm.getId(), granted, sender, sms)));
    }
}
