package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Users who had Keycloak's own TOTP before the JAR came. */
@Journey
final class StockOtpIT {

    private static final String STOCK_SECRET = "dSdmuHLQhkm54oIm0A0S";
    private static final String STOCK_BASE32 = "MRJWI3LVJBGFC2DLNU2TI32JNUYECMCT";

    private final MfaRealm realm;
    private final Database database;

    StockOtpIT(KeycloakServer server) {
        this.realm = MfaRealm.strict(server);
        this.database = server.database();
    }

    @Test
    @DisplayName("LIFE-11: a stock secret in plain text signs in unchanged, and is sealed by that")
    void aStockSecretIsSealedAtTheNextSuccess() {
        Member member = realm.enrolled();
        Phone phone = Phone.with(STOCK_BASE32);
        putBackAsStockKeycloakStoredIt(member);

        SignIn signIn = realm.web().signIn();
        ChallengePage challenge = realm.password(new Browser(), signIn, member).as(ChallengePage.class);
        Tokens tokens = signIn.redeem(challenge.answer(phone.nextCode())).tokens();

        assertMfa(tokens.claims());
        assertThat(secretData(member)).doesNotContain(STOCK_SECRET, STOCK_BASE32);
        assertThat(realm.backend()
                        .password(member.username(), Member.PASSWORD, phone.nextCode())
                        .granted())
                .isTrue();
    }

    @Test
    @DisplayName("LIFE-08: a secret that an administrator or an import brings is sealed at once")
    void anImportedSecretIsSealedAtOnce() {
        Member member = realm.enrolled();

        assertThat(secretData(member)).contains("value").doesNotContain(member.secret());
    }

    @Test
    @DisplayName("A realm without set-up behaves as stock Keycloak, with the JAR in place")
    void aRealmWithoutSetUpBehavesAsStock(KeycloakServer server) {
        MfaRealm stock = MfaRealm.stock(server);
        Member newcomer = stock.newcomer();
        Member enrolled = stock.enrolled();

        assertThat(stock.password(new Browser(), stock.web().signIn(), newcomer))
                .isInstanceOf(Arrived.class);
        assertThat(stock.backend()
                        .password(newcomer.username(), Member.PASSWORD)
                        .granted())
                .isTrue();
        assertThat(stock.backend()
                        .password(
                                enrolled.username(),
                                Member.PASSWORD,
                                enrolled.phone().nextCode())
                        .granted())
                .isTrue();
        OtherPage otp =
                stock.password(new Browser(), stock.web().signIn(), enrolled).as(OtherPage.class);
        assertThat(otp.html().submit("otp", Map.of("otp", enrolled.phone().nextCode())))
                .isInstanceOf(Arrived.class);
    }

    private void putBackAsStockKeycloakStoredIt(Member member) {
        int rows = database.update(
                "UPDATE CREDENTIAL SET SECRET_DATA = ?, CREDENTIAL_DATA = ? WHERE TYPE = 'otp' AND USER_ID = ?",
                Json.write(Map.of("value", STOCK_SECRET)),
                Json.write(Map.of("subType", "totp", "digits", 6, "counter", 0, "period", 30, "algorithm", "HmacSHA1")),
                member.id());
        assertThat(rows).isEqualTo(1);
    }

    private String secretData(Member member) {
        List<Map<String, String>> rows =
                database.rows("SELECT SECRET_DATA FROM CREDENTIAL WHERE TYPE = 'otp' AND USER_ID = ?", member.id());
        assertThat(rows).hasSize(1);
        return rows.get(0).get("SECRET_DATA");
    }
}
