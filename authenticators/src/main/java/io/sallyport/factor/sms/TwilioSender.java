package io.sallyport.factor.sms;

import com.twilio.exception.ApiException;
import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.rest.verify.v2.service.Verification;
import com.twilio.type.PhoneNumber;
import java.net.URI;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Messages by Twilio: a text of ours by Messaging, or a code of ours in a text of Verify's. */
final class TwilioSender implements SmsSender {

    private static final Logger LOG = Logger.getLogger(TwilioSender.class);

    private final TwilioRestClient client;
    private final TwilioSettings settings;
    private final Optional<URI> callback;

    TwilioSender(TwilioRestClient client, TwilioSettings settings, Optional<URI> callback) {
        this.client = client;
        this.settings = settings;
        this.callback = callback;
    }

    @Override
    public Delivery send(Sms sms) {
        try {
            Optional<String> sid = Optional.ofNullable(settings.verifies() ? verification(sms) : message(sms));
            return sid.<Delivery>map(Delivery.Sent::new).orElseGet(() -> new Delivery.Unclear("sms_no_answer"));
        } catch (TwilioException refusal) {
            return told(TwilioRefusal.of(refusal)); // never with its message: it may quote the number
        }
    }

    @Override
    public boolean carriesTexts() {
        return !settings.verifies();
    }

    private @Nullable String message(Sms sms) {
        PhoneNumber to = new PhoneNumber(sms.to().e164());
        MessageCreator message = settings.origin().startsWith("MG")
                ? Message.creator(to, settings.origin(), sms.text().text())
                : Message.creator(
                        to, new PhoneNumber(settings.origin()), sms.text().text());
        // not delivered once it is worth nothing
        message.setValidityPeriod(Math.toIntExact(sms.validity().toSeconds()));
        callback.ifPresent(message::setStatusCallback);
        return message.create(client).getSid();
    }

    /** Verify keeps one verification per number for ten minutes, with its first code: an older one is ended before. */
    private @Nullable String verification(Sms sms) {
        sms.replaces().ifPresent(this::cancel);
        return Verification.creator(settings.origin(), sms.to().e164(), "sms")
                .setCustomCode(sms.digits())
                .setLocale(sms.locale().getLanguage())
                .create(client)
                .getSid();
    }

    private void cancel(String sid) {
        try {
            Verification.updater(settings.origin(), sid, Verification.Status.CANCELED)
                    .update(client);
        } catch (ApiException over) {
            LOG.debugf("An earlier verification was over already: %s", TwilioRefusal.of(over));
        }
    }

    private static Delivery told(TwilioRefusal refusal) {
        LOG.warnf("Twilio did not take a message: %s", refusal);
        return refusal.delivery();
    }
}
