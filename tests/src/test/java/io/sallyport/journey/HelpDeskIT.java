package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Administrators look at somebody's factors, and help with them: each by his role, with a reason, never himself. */
@Journey
final class HelpDeskIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final MfaRealm realm;
    private final HelpDesk desk;
    private final Database database;
    private final Mailbox mailbox = Mailbox.open();

    HelpDeskIT(KeycloakServer server) {
        this.realm = MfaRealm.strict(server);
        this.desk = new HelpDesk(realm);
        this.database = server.database();
        realm.mailsTo(mailbox);
    }

    @AfterAll
    void close() {
        mailbox.close();
    }

    @ParameterizedTest(name = "{0} {1}: status {2}, unlock {3}, pass {4}, revoke {5}")
    @DisplayName("API-01, LOCK-12: one role opens its own calls, together with Keycloak's right to the user")
    @CsvSource({
        "mfa, manage-users, 200, 200, 200, 200",
        "mfa, '', 403, 403, 403, 403",
        "mfa.get_mfa_status, view-users, 200, 403, 403, 403",
        "mfa.reset_mfa, manage-users, 403, 200, 200, 403",
        "mfa.reset_mfa, view-users, 403, 403, 403, 403",
        "mfa.disable_mfa, manage-users, 403, 403, 403, 200",
        "realm-admin, '', 200, 200, 200, 200",
        "manage-users, '', 403, 403, 403, 403"
    })
    void oneRoleOpensItsOwnCalls(String role, String right, int status, int unlock, int pass, int revoke) {
        String token = right.isEmpty() ? desk.token(role) : desk.token(role, right);
        Member member = realm.enrolled();
        String users = "users/" + member.id();

        assertThat(desk.call("GET", users, "", token).status()).as("status").isEqualTo(status);
        assertThat(desk.call("POST", users + "/unlock", HelpDesk.WHY, token).status())
                .as("unlock")
                .isEqualTo(unlock);
        assertThat(desk.call("POST", users + "/pass", HelpDesk.WHY, token).status())
                .as("pass")
                .isEqualTo(pass);
        assertThat(desk.call("POST", users + "/recovery-codes", HelpDesk.WHY, token)
                        .status())
                .as("recovery codes")
                .isEqualTo(pass);
        assertThat(desk.call("DELETE", users + "/enrollments/" + desk.factor(member) + "?reason=lost", "", token)
                        .status())
                .as("revoke")
                .isEqualTo(revoke);
    }

    @Test
    @DisplayName("Nobody helps himself, without a reason, without a fresh proof, or somebody who is not there")
    void whatIsRefused() {
        Member helper = realm.enrolled();
        String token = desk.token(helper, "realm-admin");
        Member member = realm.enrolled();
        String own = "users/" + helper.id();
        String users = "users/" + member.id();

        for (String call : List.of("/unlock", "/pass", "/recovery-codes")) {
            assertProblem(desk.call("POST", own + call, HelpDesk.WHY, token), 403, "FORBIDDEN");
            assertProblem(desk.call("POST", users + call, "{}", token), 400, "INVALID_REQUEST");
            assertProblem(
                    desk.call("POST", users + call, "{\"reason\":\"x\",\"ttl\":1}", token), 400, "INVALID_REQUEST");
            assertProblem(desk.call("POST", "users/nobody" + call, HelpDesk.WHY, token), 404, "NOT_FOUND");
        }
        assertProblem(
                desk.call("DELETE", own + "/enrollments/" + desk.factor(helper) + "?reason=x", "", token),
                403,
                "FORBIDDEN");
        assertProblem(
                desk.call("DELETE", users + "/enrollments/" + desk.factor(member), "", token), 400, "INVALID_REQUEST");
        assertProblem(
                desk.call("DELETE", users + "/enrollments/" + desk.factor(helper) + "?reason=x", "", token),
                404,
                "NOT_FOUND");
        database.update("UPDATE MFA_EVIDENCE SET VERIFIED_AT = VERIFIED_AT - 301000 WHERE USER_ID = ?", helper.id());
        assertProblem(desk.call("POST", users + "/pass", HelpDesk.WHY, token), 403, "MFA_REQUIRED");
        assertThat(realm.credentials(member)).contains("otp");
        assertThat(database.rows("SELECT * FROM MFA_PASS WHERE USER_ID = ?", member.id()))
                .isEmpty();
    }

    @Test
    @DisplayName("POL-19: a client's own account needs no proof, a person whose account is linked to a client does")
    void aPersonIsNoMachine() {
        String users = "users/" + realm.enrolled().id();
        Member helper = realm.enrolled();
        String token = desk.token(helper, "realm-admin");
        String robot = realm.addClient("robot", Map.of("secret", "robot-secret", "serviceAccountsEnabled", true));
        Roles.of(realm)
                .grant(
                        realm.admin()
                                .get(realm.name() + "/clients/" + robot + "/service-account-user")
                                .path("id")
                                .asText(),
                        "realm-admin");
        String machine = new OidcClient(realm.address(), "robot", Optional.of("robot-secret"), MfaRealm.CALLBACK)
                .clientCredentials()
                .tokens()
                .access();
        String web = realm.admin()
                .get(realm.name() + "/clients?clientId=web")
                .path(0)
                .path("id")
                .asText();

        database.update("UPDATE USER_ENTITY SET SERVICE_ACCOUNT_CLIENT_LINK = ? WHERE ID = ?", web, helper.id());
        realm.admin().post(realm.name() + "/clear-user-cache", Map.of());
        database.update("UPDATE MFA_EVIDENCE SET VERIFIED_AT = VERIFIED_AT - 301000 WHERE USER_ID = ?", helper.id());

        assertProblem(desk.call("POST", users + "/unlock", HelpDesk.WHY, token), 403, "MFA_REQUIRED");
        desk.call("POST", users + "/unlock", HelpDesk.WHY, machine).expect(200);
    }

    @Test
    @DisplayName("LIFE-05: an enrollment that waits for its first code is revoked too, by itself and with a factor")
    void pendingEnrollmentsGoToo() {
        Member newcomer = realm.newcomer();
        EnrollTotpPage begun =
                realm.password(new Browser(), realm.web().signIn(), newcomer).as(EnrollTotpPage.class);
        String users = "users/" + newcomer.id();
        String token = desk.token("realm-admin");
        JsonNode pending = desk.call("GET", users, "", token).json();

        desk.call(
                        "DELETE",
                        users + "/enrollments/"
                                + pending.path("enrollments")
                                        .path(0)
                                        .path("enrollment_id")
                                        .asText() + "?reason=not+his",
                        "",
                        token)
                .expect(200);

        assertThat(pending.path("status").asText()).isEqualTo("ENROLLED");
        assertThat(begun.confirm(Phone.with(begun.secret()).nextCode(), "")).isNotInstanceOf(RecoveryCodesPage.class);
        assertThat(realm.credentials(newcomer)).doesNotContain("otp");
        assertThat(realm.password(new Browser(), realm.web().signIn(), newcomer))
                .as("he never had a factor")
                .isInstanceOf(EnrollTotpPage.class);
    }

    @Test
    @DisplayName("LIFE-05: a reset ends sessions, trusted browsers, challenges, and the sign-in of who is halfway in")
    void aResetEndsEverything(KeycloakServer server) {
        MfaRealm trusting = MfaRealm.setUp(server, Map.of("mfa.trusted-device.days", "30"), Rules.FOR_ALL);
        Member newcomer = trusting.newcomer();
        EnrollTotpPage first = trusting.password(new Browser(), trusting.web().signIn(), newcomer)
                .as(EnrollTotpPage.class);
        Member member = new Member(newcomer.id(), newcomer.username(), first.secret(), Phone.with(first.secret()));
        RecoveryCodesPage codes = first.confirm(member.phone().nextCode(), "").as(RecoveryCodesPage.class);
        codes.confirm();
        SignIn signIn = trusting.web().signIn();
        Browser trusted = new Browser();
        ChallengePage asked = trusting.password(trusted, signIn, member).as(ChallengePage.class);
        Page arrived = asked.html().submit("code", Map.of("code", member.phone().nextCode(), "trust", "on"));
        Tokens tokens = signIn.redeem(arrived).tokens();
        EnrollTotpPage thief = trusting.password(new Browser(), trusting.web().signIn(), member)
                .as(ChallengePage.class)
                .choose("RECOVERY_CODE")
                .as(ChallengePage.class)
                .answer(codes.codes().get(0))
                .as(EnrollTotpPage.class);
        HelpDesk help = new HelpDesk(trusting);

        JsonNode revoked = help.revoke(member, "?reason=stolen", help.token("realm-admin"))
                .expect(200)
                .json();
        Page halfway = thief.confirm(Phone.with(thief.secret()).nextCode(), "mine");

        assertThat(revoked.path("sessions_ended").asInt()).isGreaterThanOrEqualTo(1);
        assertThat(trusting.web().refresh(tokens.refresh().orElseThrow()).granted())
                .isFalse();
        assertThat(halfway).isNotInstanceOfAny(Arrived.class, RecoveryCodesPage.class);
        assertThat(trusting.credentials(member)).containsExactly("password");
        for (String table : List.of("MFA_DEVICE", "MFA_EVIDENCE", "MFA_WAIVER")) {
            assertThat(database.rows("SELECT * FROM " + table + " WHERE USER_ID = ?", member.id()))
                    .as(table)
                    .isEmpty();
        }
        assertThat(database.rows("SELECT * FROM MFA_CHALLENGE WHERE STATUS = 'PENDING' AND USER_ID = ?", member.id()))
                .isEmpty();
        assertThat(trusting.password(trusted, trusting.web().signIn(), member))
                .as("a recovery code is left, the trust is not")
                .isInstanceOf(ChallengePage.class);
    }

    @Test
    @DisplayName("A realm without MFA has nothing to help with")
    void withoutMfa(KeycloakServer server) {
        MfaRealm stock = MfaRealm.stock(server);
        String path = stock.name() + "/mfa/users/" + stock.newcomer().id();

        assertProblem(stock.admin().send("POST", path + "/pass", HelpDesk.WHY), 403, "MFA_NOT_ENABLED");
        assertThat(stock.admin().get(path).path("enforced").asBoolean()).isFalse();
    }

    @Test
    @DisplayName("The status says what there is, what is asked, and what keeps the user out")
    void theStatus() {
        Member member = realm.enrolled();
        realm.signIn(new Browser(), member);
        wrong(member, 5);

        JsonNode status = realm.admin().get(realm.name() + "/mfa/users/" + member.id());

        assertThat(status.path("status").asText()).isEqualTo("ACTIVE");
        assertThat(status.path("required").asBoolean()).isTrue();
        assertThat(status.path("required_by").path("level").asText()).isEqualTo("GLOBAL");
        assertThat(status.path("methods").path(0).asText()).isEqualTo("TOTP");
        assertThat(status.path("locked_until").asText()).isNotEmpty();
        assertThat(status.path("recovery_codes_remaining").asInt()).isZero();
        JsonNode enrollment = status.path("enrollments").path(0);
        assertThat(enrollment.path("label").asText()).isEqualTo("phone");
        assertThat(enrollment.path("last_used_at").asText()).isNotEmpty();
        assertThat(realm.admin()
                        .get(realm.name() + "/mfa/users/" + realm.newcomer().id())
                        .path("status")
                        .asText())
                .isEqualTo("NOT_ENROLLED");
    }

    @Test
    @DisplayName("LOCK-12: unlocking lets this user in, no other, on the record and by mail")
    void unlocking() throws Exception {
        Member member = realm.enrolled();
        Member other = realm.enrolled();
        wrong(member, 5);
        wrong(other, 5);

        desk.call("POST", "users/" + member.id() + "/unlock", HelpDesk.WHY, desk.token("mfa.reset_mfa", "manage-users"))
                .expect(200);

        assertThat(direct(member, member.phone().nextCode()).granted()).isTrue();
        assertThat(direct(other, other.phone().nextCode()).granted()).isFalse();
        assertThat(realm.audit().of(member.id(), "auth.mfa_unlocked"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.reason()).isEqualTo("called and was recognised");
                    assertThat(row.text("actor")).isNotEqualTo(member.id());
                });
        String address = member.username() + "@example.org";
        assertThat(mailbox.next(address, "Your account is locked")).contains("127.0.0.1");
        assertThat(mailbox.next(address, "Your account was unlocked")).contains("an administrator");
    }

    @Test
    @DisplayName("LOCK: with brute force detection Keycloak's console shows the lock, and its unlock lifts it")
    void keycloaksOwnUnlock(KeycloakServer server) {
        MfaRealm guarded = MfaRealm.strict(server);
        guarded.change(Map.of("bruteForceProtected", true, "failureFactor", 100, "quickLoginCheckMilliSeconds", 0));
        Member member = guarded.enrolled();
        for (int i = 0; i < 5; i++) {
            refused(guarded, member);
        }
        String path = guarded.name() + "/attack-detection/brute-force/users/" + member.id();

        JsonNode shown = awaitDisplay(guarded, member, path);
        guarded.admin().delete(path).expect(204);

        assertThat(shown.path("disabled").asBoolean()).as(shown.toString()).isTrue();
        assertThat(shown.path("failedLoginNotBefore").asLong()).isPositive();
        assertThat(guarded.admin().get(path).path("disabled").asBoolean()).isFalse();
        assertThat(guarded.audit().of(member.id(), "auth.mfa_unlocked")).hasSize(1);
        assertMfa(guarded.signIn(new Browser(), member).claims());
    }

    @Test
    @DisplayName(
            "LOCK-12: with brute force detection the help desk's unlock ends what Keycloak's console shows, and refuses by")
    void unlockingWhereKeycloakShowsIt(KeycloakServer server) {
        MfaRealm guarded = MfaRealm.strict(server);
        guarded.change(Map.of("bruteForceProtected", true, "failureFactor", 100, "quickLoginCheckMilliSeconds", 0));
        Member member = guarded.enrolled();
        String path = guarded.name() + "/attack-detection/brute-force/users/" + member.id();
        JsonNode shown = awaitDisplay(guarded, member, path);
        assertThat(shown.path("disabled").asBoolean()).as(shown.toString()).isTrue();
        HelpDesk itsDesk = new HelpDesk(guarded);

        itsDesk.call(
                        "POST",
                        "users/" + member.id() + "/unlock",
                        HelpDesk.WHY,
                        itsDesk.token("mfa.reset_mfa", "manage-users"))
                .expect(200);

        assertThat(guarded.admin().get(path).path("disabled").asBoolean()).isFalse();
        assertMfa(guarded.signIn(new Browser(), member).claims());
    }

    /** Keycloak counts by another thread, which may make its row over ours; what the lock refuses then shows it again. */
    private static JsonNode awaitDisplay(MfaRealm realm, Member member, String path) {
        Instant end = Instant.now().plus(PATIENCE);
        JsonNode shown;
        do {
            refused(realm, member);
            shown = realm.admin().get(path);
        } while (!shown.path("disabled").asBoolean() && Instant.now().isBefore(end));
        return shown;
    }

    private static void refused(MfaRealm realm, Member member) {
        realm.backend()
                .password(member.username(), Member.PASSWORD, member.phone().wrongCode());
    }

    private TokenReply direct(Member member, String code) {
        return realm.backend().password(member.username(), Member.PASSWORD, code);
    }

    private void wrong(Member member, int times) {
        for (int i = 0; i < times; i++) {
            direct(member, member.phone().wrongCode());
        }
    }

    private static void assertProblem(Reply reply, int status, String error) {
        assertThat(reply.status()).as(reply.request() + reply.body()).isEqualTo(status);
        assertThat(reply.json().path("error").asText()).isEqualTo(error);
    }
}
