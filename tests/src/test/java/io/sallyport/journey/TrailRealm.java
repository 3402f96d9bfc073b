package io.sallyport.journey;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.event.MfaEventType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The realm in which every operation of the product is done once: all methods, an organization, mail, a webhook, an administrator. */
final class TrailRealm implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PostgresServer server;
    private final Mailbox mailbox = Mailbox.open();
    private final Receiver receiver = new Receiver();
    private final MfaRealm realm;
    private final String realmId;
    private final Structure structure;
    private final String organization;
    private final SelfService calls;
    private final Member administrator;
    private final String administratorToken;
    private final AtomicInteger operations = new AtomicInteger();

    TrailRealm(PostgresServer server) {
        this.server = server;
        KeycloakServer keycloak = server.keycloak();
        this.realm = MfaRealm.stock(keycloak);
        this.realmId = realm.admin().get(realm.name()).path("id").asText();
        happenLongAgo();
        realm.change(Map.of("organizationsEnabled", true));
        realm.mailsTo(mailbox);
        realm.setUp(
                        Map.of(
                                "mfa.methods",
                                "TOTP,WEBAUTHN,SMS_OTP",
                                "mfa.webauthn.origins",
                                origin(),
                                "mfa.trusted-device.days",
                                "30",
                                "mfa.sms.address-cap",
                                "10000"),
                        SelfService.policy(Rules.FOR_ALL, List.of(SelfService.PAYMENT)))
                .expect(200);
        this.structure = new Structure(realm);
        this.organization = structure.organization("acme", true);
        this.calls = SelfService.of(realm);
        this.administrator = member();
        Roles.of(realm).grant(administrator.id(), "realm-admin");
        this.administratorToken = token(administrator);
    }

    /** Before all others, which are from now: what is too old to be kept. */
    private void happenLongAgo() {
        database()
                .update(
                        "INSERT INTO MFA_AUDIT (EVENT_ID, EVENT_CODE, EVENT_TYPE, REALM_ID, OUTCOME, CORRELATION_ID, DETAILS,"
                                + " TIMESTAMP) VALUES (?, 10099, 'auth.mfa_failed', ?, 'FAILURE', 'x', '{}', 1700000000000)",
                        UUID.randomUUID().toString(),
                        realmId);
        new Auditor(realm, Path.of(".")).awaitSealed();
    }

    MfaRealm realm() {
        return realm;
    }

    String realmId() {
        return realmId;
    }

    String organization() {
        return organization;
    }

    SelfService calls() {
        return calls;
    }

    Twilio twilio() {
        return server.twilio();
    }

    Receiver receiver() {
        return receiver;
    }

    KeycloakServer keycloak() {
        return server.keycloak();
    }

    /** Somebody of the organization with two authenticator apps. */
    Member memberWithTwo() {
        return joined(realm.enrolledWith("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"));
    }

    /** A rule that lets somebody put enrolling off. */
    void grace(Member member) {
        Policies.of(realm)
                .create(Map.of(
                        "required",
                        true,
                        "scope",
                        Map.of("user", member.username()),
                        "grace",
                        Map.of("days", 3, "skips", 3)))
                .expect(201);
    }

    /** All that was proved so far is as old as an hour. */
    void age(Member member) {
        database().update("UPDATE MFA_EVIDENCE SET VERIFIED_AT = VERIFIED_AT - 3600000 WHERE USER_ID = ?", member.id());
    }

    /** A realm whose word stands for MFA here, under this alias. */
    Upstream upstream(String alias) {
        Upstream upstream = Upstream.on(server.keycloak());
        upstream.vouchesFor(realm, alias);
        return upstream;
    }

    Database database() {
        return server.keycloak().database();
    }

    String origin() {
        return "http://localhost:" + server.keycloak().address().getPort();
    }

    Traced traced() {
        return new Traced(realm, realm.name() + "-" + operations.incrementAndGet());
    }

    /** Somebody of the organization with an authenticator app. */
    Member member() {
        return joined(realm.enrolled());
    }

    /** Somebody of the organization with a password alone. */
    Member newcomer() {
        return joined(realm.newcomer());
    }

    /** Somebody of the organization with this key and no other factor. */
    Member member(SecurityKey key) {
        return joined(realm.member(List.of(key.asStored("webauthn", 10))));
    }

    Member joined(Member member) {
        structure.enter(member, organization);
        return member;
    }

    /** Somebody of the organization whose number gets codes. */
    SmsPhone phoneOf(Member member) {
        SmsPhone phone = SmsPhone.fresh(server.twilio(), server.keycloak());
        Page codes = phone.enroll(realm.password(new Browser(), realm.web().signIn(), member), "");
        codes.as(RecoveryCodesPage.class).confirm().as(Arrived.class);
        phone.letPass(Duration.ofSeconds(31));
        return phone;
    }

    /** Somebody who is locked. */
    Member locked() {
        Member member = member();
        for (int i = 0; i < 5; i++) {
            realm.backend()
                    .password(member.username(), Member.PASSWORD, member.phone().wrongCode());
        }
        return member;
    }

    void unlockAll() {
        database().update("UPDATE MFA_THROTTLE SET FAILURES = 0, LOCKED_UNTIL = NULL");
    }

    /** Trusts this browser from a sign-in on. */
    void trust(Browser browser, Member member) {
        SignIn signIn = realm.web().signIn();
        ChallengePage asked = realm.password(browser, signIn, member).as(ChallengePage.class);
        Page arrived = browser.submit(
                asked.html().action("code"),
                Map.of("method", "TOTP", "code", member.phone().nextCode(), "trust", "on"));
        signIn.redeem(arrived).tokens();
    }

    /** The id of a credential of this type. */
    String credential(Member member, String type) {
        for (JsonNode credential : realm.admin().get(realm.name() + "/users/" + member.id() + "/credentials")) {
            if (credential.path("type").asText().equals(type)) {
                return credential.path("id").asText();
            }
        }
        throw new Unexpected("credentials", member.username(), type);
    }

    /** A pass for this member, by the administrator of the master realm. */
    String pass(Member member) {
        return new Traced(realm, "before")
                .admin("POST", "users/" + member.id() + "/pass", Map.of("reason", "a journey"))
                .expect(200)
                .json()
                .path("pass")
                .asText();
    }

    /** The realm's own administrator. */
    Member administrator() {
        return administrator;
    }

    /** His token, by a fresh proof. */
    String administratorToken() {
        return administratorToken;
    }

    /** His token of a session whose proof is gone. */
    String staleToken() {
        Member other = member();
        Roles.of(realm).grant(other.id(), "realm-admin");
        String token = token(other);
        age(other);
        return token;
    }

    /** The token of somebody without a role. */
    String memberToken() {
        return token(member());
    }

    private String token(Member member) {
        return realm.backend()
                .password(member.username(), Member.PASSWORD, member.phone().nextCode())
                .tokens()
                .access();
    }

    /** What an operation has left, once there are so many rows; some are written after the answer. */
    List<Map<String, String>> rows(Traced traced, int many) {
        Instant end = Instant.now().plus(PATIENCE);
        List<Map<String, String>> rows = rows(traced);
        while (rows.size() < many && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(50_000_000);
            rows = rows(traced);
        }
        return rows;
    }

    /** Rows of this type since then, once there are any. */
    List<Map<String, String>> later(MfaEventType type, Instant since) {
        Instant end = Instant.now().plus(PATIENCE);
        List<Map<String, String>> rows = List.of();
        while (rows.isEmpty() && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(50_000_000);
            rows = database()
                    .rows(
                            "SELECT * FROM MFA_AUDIT WHERE REALM_ID = ? AND EVENT_CODE = ? AND TIMESTAMP >= ?",
                            realmId,
                            type.code(),
                            since.toEpochMilli());
        }
        return rows;
    }

    /** Waits for something that the server does by itself. */
    void await(BooleanSupplier there) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!there.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new Unexpected("server", "nothing", "what it does by itself");
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private List<Map<String, String>> rows(Traced traced) {
        return database()
                .rows(
                        "SELECT * FROM MFA_AUDIT WHERE REALM_ID = ? AND CORRELATION_ID = ? ORDER BY TIMESTAMP",
                        realmId,
                        traced.id());
    }

    @Override
    public void close() {
        mailbox.close();
        receiver.close();
    }
}
