package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A proof that was there when a request began, and is gone when it comes to what it is for. */
@Journey
final class ProofGoneMeanwhileIT {

    private static final String SECOND_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    private static final String VOID = "DELETE FROM MFA_EVIDENCE WHERE USER_ID = ?";

    private final MfaRealm realm;
    private final SelfService calls;
    private final Database database;

    ProofGoneMeanwhileIT(PostgresServer postgres) {
        this.realm = MfaRealm.strict(postgres.keycloak());
        this.calls = SelfService.of(realm);
        this.database = postgres.keycloak().database();
    }

    @Test
    @DisplayName("LIFE-01: what was proved and made void while the removal of a factor waited removes nothing")
    void nothingIsRemoved() throws Exception {
        Member member = realm.enrolledWith(SECOND_SECRET);
        String token = calls.signIn(member).access();
        HeldCount count = new HeldCount(database, member);

        Reply answer = count.meanwhile(
                () -> calls.send(
                        "DELETE",
                        token,
                        "auth/mfa/enrollments/" + factors(member).get(0).get("ID"),
                        ""),
                holder -> count.change(holder, VOID));

        assertThat(answer.expect(403).json().path("error").asText()).isEqualTo("MFA_REQUIRED");
        assertThat(factors(member)).hasSize(2);
        assertThat(realm.audit().of(member.id(), "auth.mfa_deactivated")).isEmpty();
    }

    @Test
    @DisplayName("LIFE-01: the same proof, still there after the wait, removes it")
    void itIsRemoved() throws Exception {
        Member member = realm.enrolledWith(SECOND_SECRET);
        String token = calls.signIn(member).access();

        Reply answer = new HeldCount(database, member)
                .meanwhile(
                        () -> calls.send(
                                "DELETE",
                                token,
                                "auth/mfa/enrollments/" + factors(member).get(0).get("ID"),
                                ""),
                        holder -> {});

        answer.expect(204);
        assertThat(factors(member)).hasSize(1);
    }

    @Test
    @DisplayName("REC-06: what was proved and made void while new codes waited makes none")
    void noCodesAreMade() throws Exception {
        Member member = realm.enrolled();
        String token = calls.signIn(member).access();
        HeldCount count = new HeldCount(database, member);

        Reply answer = count.meanwhile(
                () -> calls.send("POST", token, "auth/mfa/recovery-codes", ""), holder -> count.change(holder, VOID));

        assertThat(answer.expect(403).json().path("error").asText()).isEqualTo("MFA_REQUIRED");
        assertThat(database.rows("SELECT ID FROM MFA_RECOVERY_CODE WHERE USER_ID = ?", member.id()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"enrollments/%s", "sessions"})
    @DisplayName("LIFE-01, LIFE-05: what an administrator makes void waits for whoever uses it, and is waited for")
    void administratorsWaitToo(String what) throws Exception {
        HelpDesk desk = new HelpDesk(realm);
        String token = desk.token("realm-admin");
        Member member = realm.enrolledWith(SECOND_SECRET);
        calls.signIn(member); // so that there is a count to hold
        String path = "users/" + member.id() + "/" + what.formatted(desk.factor(member)) + "?reason=stolen";

        Reply answer = new HeldCount(database, member)
                .meanwhile(
                        () -> desk.call("DELETE", path, "", token),
                        holder -> assertThat(factors(member)).hasSize(2));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private List<Map<String, String>> factors(Member member) {
        return database.rows(
                "SELECT ID FROM CREDENTIAL WHERE TYPE = 'otp' AND USER_ID = ? ORDER BY PRIORITY", member.id());
    }
}
