package io.sallyport.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The pages of an approval in Chromium. */
@Journey
final class ChromiumApprovalIT {

    private static final Map<String, Object> POLICY = Map.of(
            "rules",
            List.of(Map.of("name", "everybody", "required", true)),
            "actions",
            List.of(Map.of(
                    "type",
                    "approve_payment",
                    "description",
                    "Pay {amount} {currency} to {payee}",
                    "fields",
                    List.of(
                            Map.of("name", "amount", "kind", "NUMBER"),
                            Map.of("name", "currency"),
                            Map.of("name", "payee")))));
    private static final String DETAILS = "{\"amount\":12500,\"currency\":\"EUR\",\"payee\":\"Miller & Sons\"}";

    private final MfaRealm realm;

    ChromiumApprovalIT(KeycloakServer server) {
        this.realm = MfaRealm.setUp(server, Map.of(), POLICY);
        realm.change(Chromium.REALM_NAME);
    }

    @Test
    @DisplayName("SU-11: a payment is shown and approved; another one is cancelled")
    void aPaymentIsShownAndApproved() throws Exception {
        Member member = realm.enrolled();
        try (Application application = Application.in(realm);
                Chromium browser = Chromium.open("approve")) {
            Visitor visitor = Visitor.at(browser);
            SignIn first = application.client().signIn();
            visitor.password(first, member);
            visitor.answer(member.phone().nextCode());
            visitor.arrive(application, first);

            SignIn payment = application.client().signIn(payment());
            browser.visit(payment.address().toString());
            assertThat(browser.await("#mfa-sentence").getText()).isEqualTo("Pay 12500 EUR to Miller & Sons");
            visitor.answer(member.phone().nextCode());
            Tokens tokens = visitor.arrive(application, payment);
            SignIn cancelled = application.client().signIn(payment());
            browser.visit(cancelled.address().toString());
            browser.await("#mfa-cancel").click();

            assertThat(tokens.claims().path("mfa_action").asText()).isEqualTo("approve_payment");
            assertThat(visitor.arrive(application, cancelled).claims().has("mfa_action"))
                    .isFalse();
        }
    }

    private static Map<String, String> payment() {
        return Map.of(
                "mfa_action",
                "approve_payment",
                "mfa_details",
                Base64.getUrlEncoder().withoutPadding().encodeToString(DETAILS.getBytes(UTF_8)));
    }
}
