package io.sallyport.factor.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Twilio's own SDK against a server that knows Twilio's own description of its requests. */
final class TwilioSenderTest {

    private final TwilioStub twilio = new TwilioStub();
    private final SmsCode code = SmsCode.generate(new SecureRandom());

    TwilioSenderTest() throws IOException {}

    @AfterEach
    void stop() {
        twilio.close();
    }

    @Test
    void aMessageIsOneRequestAsTwilioDescribesIt() {
        Delivery delivery =
                sender(Map.of("callback-url", "https://auth.example.com")).send(sms(Optional.empty()));

        assertThat(delivery).isEqualTo(new Delivery.Sent(TwilioStub.SID));
        assertThat(twilio.calls()).singleElement().satisfies(call -> {
            assertThat(call.violations()).isEmpty();
            assertThat(call.path()).isEqualTo("/2010-04-01/Accounts/" + Scopes.ACCOUNT + "/Messages.json");
            assertThat(call.authorization()).isEqualTo(basic(Scopes.ACCOUNT, Scopes.TOKEN));
            assertThat(call.form())
                    .containsEntry("To", "+4915112345678")
                    .containsEntry("From", "+15005550006")
                    .containsEntry("Body", code.digits() + " for you")
                    .containsEntry("ValidityPeriod", "300")
                    .containsEntry("StatusCallback", "https://auth.example.com/realms/my%20realm/mfa-sms-status");
        });
    }

    @Test
    void aMessagingServiceAndAnApiKeyTakeThePlaceOfNumberAndToken() {
        String key = "SK" + "0123456789abcdef".repeat(2);

        sender(Map.of(
                        "from",
                        "",
                        "messaging-service-sid",
                        Scopes.SERVICE,
                        "api-key",
                        key,
                        "api-secret",
                        "s3cret",
                        "region",
                        "ie1",
                        "edge",
                        "dublin"))
                .send(sms(Optional.empty()));

        assertThat(twilio.calls()).singleElement().satisfies(call -> {
            assertThat(call.violations()).isEmpty();
            assertThat(call.authorization()).isEqualTo(basic(key, "s3cret"));
            assertThat(call.form())
                    .containsEntry("MessagingServiceSid", Scopes.SERVICE)
                    .doesNotContainKey("From");
        });
    }

    @Test
    void verifyCarriesOurOwnCodeAfterEndingTheVerificationBefore() {
        String before = "VE" + "b".repeat(32);

        Delivery delivery =
                sender(Map.of("from", "", "verify-service-sid", Scopes.VERIFY)).send(sms(Optional.of(before)));

        assertThat(delivery).isInstanceOf(Delivery.Sent.class);
        assertThat(twilio.calls())
                .hasSize(2)
                .allSatisfy(call -> assertThat(call.violations()).isEmpty());
        assertThat(twilio.calls().get(0).path()).endsWith("/Verifications/" + before);
        assertThat(twilio.calls().get(0).form()).containsEntry("Status", "canceled");
        assertThat(twilio.calls().get(1).form())
                .containsEntry("CustomCode", code.digits())
                .containsEntry("Channel", "sms")
                .containsEntry("Locale", "de");
    }

    @ParameterizedTest(name = "{0} {1}: {3}")
    @DisplayName("SMS-13: whatever the provider answers, one request goes out and the answer is one of ours")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "500, `{\"code\":20500,\"message\":\"boom\",\"status\":500}`, Unclear, sms_provider_error",
                "503, ``, Unclear, sms_provider_error",
                "401, `{\"code\":20003,\"message\":\"Authenticate\",\"status\":401}`, Outage, sms_provider_credentials",
                "400, `{\"code\":20003,\"message\":\"Authenticate\",\"status\":400}`, Outage, sms_provider_credentials",
                "401, `<html>proxy`, Outage, sms_provider_credentials",
                "429, `{\"code\":20429,\"message\":\"Too Many Requests\",\"status\":429}`, Unavailable, sms_provider_busy",
                "429, ``, Unavailable, sms_provider_busy",
                "429, `<html>edge`, Unavailable, sms_provider_busy",
                "400, `{\"code\":21610,\"message\":\"unsubscribed +4915112345678\",\"status\":400}`, Refused, sms_number_unreachable",
                "400, `{\"code\":21211,\"message\":\"invalid 'To'\",\"status\":400}`, Refused, sms_number_unreachable",
                "400, `{\"code\":21606,\"message\":\"From is not ours\",\"status\":400}`, Unavailable, sms_provider_error",
                "404, `[]`, Unavailable, sms_provider_error",
                "500, `<html>garbage`, Unclear, sms_provider_error",
                "201, `<html>garbage`, Unclear, sms_no_answer",
                "201, `{}`, Unclear, sms_no_answer",
                "201, `[]`, Unclear, sms_no_answer",
                "307, ``, Unclear, sms_no_answer",
                "0, ``, Unclear, sms_no_answer"
            })
    void whateverTwilioAnswers(int status, String body, String kind, String reason) {
        twilio.answers(status, body == null ? "" : body);

        Delivery delivery = sender(Map.of()).send(sms(Optional.empty()));

        assertThat(delivery).isEqualTo(expected(kind, reason));
        assertThat(twilio.calls()).hasSize(1);
    }

    @Test
    @DisplayName("SMS-13: a provider that can't be reached certainly took nothing")
    void whoIsNotReachedTookNothing() {
        SmsSender sender = sender(Map.of());
        twilio.close();

        assertThat(sender.send(sms(Optional.empty())))
                .isEqualTo(new Delivery.Unavailable("sms_provider_unreached", true));
    }

    private static Delivery expected(String kind, String reason) {
        return switch (kind) {
            case "Refused" -> new Delivery.Refused(reason);
            case "Unavailable" -> new Delivery.Unavailable(reason, false);
            case "Outage" -> new Delivery.Unavailable(reason, true);
            default -> new Delivery.Unclear(reason);
        };
    }

    @Test
    void aReportCountsOnlyWithTwiliosSignatureForOurOwnAddress() {
        TwilioSenderFactory factory = factory(Map.of("callback-url", "https://auth.example.com"));
        Map<String, String> form = Map.of("MessageSid", TwilioStub.SID, "MessageStatus", "delivered");
        String signature = Signature.of("https://auth.example.com/realms/my%20realm/mfa-sms-status", form);

        assertThat(factory.isGenuine("my realm", form, signature)).isTrue();
        assertThat(factory.isGenuine("other", form, signature)).isFalse();
        assertThat(factory.isGenuine("my realm", form, "")).isFalse();
        Map<String, String> forged = new HashMap<>(form);
        forged.put("MessageStatus", "undelivered");
        assertThat(factory.isGenuine("my realm", forged, signature)).isFalse();
        assertThat(factory(Map.of()).isGenuine("my realm", form, signature)).isFalse();
    }

    @Test
    void ofManyReportsOnlyTheLastWordIsKept() {
        TwilioSenderFactory factory = factory(Map.of());

        assertThat(factory.report(Map.of("MessageSid", "SM1", "MessageStatus", "delivered")))
                .contains(new StatusReport("SM1", SendStatus.DELIVERED));
        assertThat(factory.report(Map.of("MessageSid", "SM1", "MessageStatus", "failed")))
                .contains(new StatusReport("SM1", SendStatus.UNDELIVERED));
        assertThat(factory.report(Map.of("MessageSid", "SM1", "MessageStatus", "queued")))
                .isEmpty();
        assertThat(factory.report(Map.of())).isEmpty();
    }

    private SmsSender sender(Map<String, String> options) {
        KeycloakSession session = mock(KeycloakSession.class);
        KeycloakContext context = mock(KeycloakContext.class);
        RealmModel realm = mock(RealmModel.class);
        when(session.getContext()).thenReturn(context);
        when(context.getRealm()).thenReturn(realm);
        when(realm.getName()).thenReturn("my realm");
        return factory(options).create(session);
    }

    private TwilioSenderFactory factory(Map<String, String> options) {
        Map<String, String> all = new HashMap<>(options);
        all.put("base-url", twilio.address().toString());
        TwilioSenderFactory factory = new TwilioSenderFactory();
        factory.init(Scopes.twilio(all));
        return factory;
    }

    private Sms sms(Optional<String> replaces) {
        return new Sms(
                PhoneNumber.ofE164("+4915112345678"),
                Optional.of(code),
                SmsText.of(
                        "{0} for you", Locale.GERMAN, code, Duration.ofMinutes(5), Optional.empty(), Optional.empty()),
                Locale.GERMAN,
                Duration.ofMinutes(5),
                replaces);
    }

    private static String basic(String user, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }
}
