package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The pages of an approval in Chromium. */
@Journey
final class ChromiumApprovalIT {

    private static final Map<String, String> PAYMENT =
            ActionRequests.of("approve_payment", "{\"amount\":12500,\"currency\":\"EUR\",\"payee\":\"Miller & Sons\"}");

    private final MfaRealm realm;

    ChromiumApprovalIT(KeycloakServer server) {
        this.realm = MfaRealm.setUp(server, Map.of(), SelfService.policy(Rules.FOR_ALL, List.of(SelfService.PAYMENT)));
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

            SignIn payment = application.client().signIn(PAYMENT);
            browser.visit(payment.address().toString());
            assertThat(browser.await("#mfa-sentence").getText()).isEqualTo("Pay 12500 EUR to Miller & Sons");
            visitor.answer(member.phone().nextCode());
            Tokens tokens = visitor.arrive(application, payment);
            SignIn cancelled = application.client().signIn(PAYMENT);
            browser.visit(cancelled.address().toString());
            browser.await("#mfa-cancel").click();

            assertThat(tokens.claims().path("mfa_action").asText()).isEqualTo("approve_payment");
            assertThat(visitor.arrive(application, cancelled).claims().has("mfa_action"))
                    .isFalse();
        }
    }
}
