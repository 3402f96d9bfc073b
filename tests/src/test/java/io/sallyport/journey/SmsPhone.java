package io.sallyport.journey;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A mobile phone in front of our pages: it enrolls its number, asks for codes and reads them. */
record SmsPhone(String number, Twilio twilio, Database database) {

    private static final AtomicInteger NUMBERS = new AtomicInteger(1_000_000);

    /** A new number, far from the others of the same test. */
    static SmsPhone fresh(Twilio twilio, KeycloakServer server) {
        return new SmsPhone("+49151" + NUMBERS.addAndGet(10_007) + "0", twilio, server.database());
    }

    /** Another number of which people see the same. */
    SmsPhone withTheSameEnd() {
        return new SmsPhone(number.replace("+49151", "+49152"), twilio, database);
    }

    /** Enrolls it on the page that offers the methods, or that asks for the number. */
    Page enroll(Page page, String label) {
        Page ask = page.as(OtherPage.class).html().hasField("enroll")
                ? page.as(OtherPage.class).html().submit("enroll", Map.of("enroll", "SMS_OTP"))
                : page;
        Page numbered = enter(ask, number);
        EnrollTotpPage sent = send(numbered).as(EnrollTotpPage.class);
        return sent.confirm(Map.of("code", code(), "label", label));
    }

    /** Types a number on the page that asks for it. */
    Page enter(Page page, String typed) {
        return page.as(OtherPage.class).html().submit("number", Map.of("number", typed));
    }

    /** Presses the button that sends a code. */
    Page send(Page page) {
        return html(page).submit("send", Map.of("send", "SMS_OTP"));
    }

    /** The code that came last. */
    String code() {
        return twilio.last(number).code();
    }

    int received() {
        return twilio.to(number).size();
    }

    /** As if the messages so far had been sent as much earlier. */
    void letPass(Duration time) {
        database.update("UPDATE MFA_SMS_SEND SET CREATED_AT = CREATED_AT - ?", time.toMillis());
    }

    static Html html(Page page) {
        return page instanceof ChallengePage challenge
                ? challenge.html()
                : page instanceof EnrollTotpPage enrollment
                        ? enrollment.html()
                        : page.as(OtherPage.class).html();
    }
}
