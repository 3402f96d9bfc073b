package io.sallyport.journey;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Somebody who is signed in, in one browser, and whose standing changes once all that he may ask with is in hand.
 *
 * @param exception the rule that nothing is required of him; absent if there is none
 */
record Guest(
        MfaRealm realm,
        Database database,
        Standing standing,
        Member member,
        Browser browser,
        Optional<String> exception) {

    /** Signs in as the standing needs it. */
    static Guest arrives(MfaRealm realm, Database database, Standing standing) {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        boolean unasked = standing == Standing.UNASKED || standing == Standing.UNPROVEN;
        Optional<String> exception = unasked ? Optional.of(Policies.of(realm).except(member)) : Optional.empty();
        if (standing == Standing.OUTDATED) {
            rule(realm, member, Map.of("required", true, "max_age", 600));
        }
        if (unasked) {
            realm.password(browser, realm.web().signIn(), member).as(Arrived.class);
        } else {
            realm.signIn(browser, member);
        }
        return new Guest(realm, database, standing, member, browser, exception);
    }

    /** Lets happen what makes the standing. */
    void falls() {
        switch (standing) {
            case UNASKED, FRESH -> {}
            case UNPROVEN ->
                Policies.of(realm)
                        .delete(exception.orElseThrow(), "?reason=over")
                        .expect(204);
            case STALE -> ages(Duration.ofHours(1).plusSeconds(1));
            case OUTDATED -> ages(Duration.ofMinutes(20));
            case LOCKED ->
                realm.backend()
                        .password(
                                member.username(),
                                Member.PASSWORD,
                                member.phone().wrongCode());
            case FACTOR_REMOVED ->
                realm.admin()
                        .delete(realm.name() + "/users/" + member.id() + "/credentials/"
                                + new HelpDesk(realm).factor(member))
                        .expect(204);
            case STRICTER_AT_SIGN_IN -> isHeldToMore("NEXT_SIGN_IN");
            case STRICTER_AT_REFRESH -> isHeldToMore("NEXT_REFRESH");
        }
    }

    /** A code for this client by single sign-on, to be redeemed later. */
    Supplier<TokenReply> code(OidcClient client, Map<String, String> more) {
        SignIn signIn = client.signIn(more);
        Arrived waiting = browser.open(signIn.address()).as(Arrived.class);
        return () -> signIn.redeem(waiting);
    }

    /** The tokens of this client by single sign-on. */
    Tokens tokens(OidcClient client) {
        return code(client, Map.of()).get().tokens();
    }

    /** Seconds of the proof; 0 if there is none. */
    long provedAt() {
        return database
                .rows("SELECT VERIFIED_AT FROM MFA_EVIDENCE WHERE USER_ID = ? ORDER BY VERIFIED_AT", member.id())
                .stream()
                .findFirst()
                .map(row -> Long.parseLong(row.get("VERIFIED_AT")) / 1000)
                .orElse(0L);
    }

    /** How many sessions of his there are, and how many applications in those that are offline. */
    String sessions() {
        return database.rows("SELECT COUNT(*) AS N FROM OFFLINE_USER_SESSION WHERE USER_ID = ?", member.id())
                + " and "
                + database.rows(
                        "SELECT COUNT(*) AS N FROM OFFLINE_CLIENT_SESSION C JOIN OFFLINE_USER_SESSION U"
                                + " ON C.USER_SESSION_ID = U.USER_SESSION_ID AND C.OFFLINE_FLAG = U.OFFLINE_FLAG"
                                + " WHERE C.OFFLINE_FLAG = '1' AND U.USER_ID = ?",
                        member.id());
    }

    private void isHeldToMore(String takesEffect) {
        NextSecond.await(); // a rule of the same second counts as the older of the two
        rule(realm, member, Map.of("required", true, "strength", "PHISHING_RESISTANT", "takes_effect", takesEffect));
    }

    private void ages(Duration by) {
        int rows = database.update(
                "UPDATE MFA_EVIDENCE SET VERIFIED_AT = VERIFIED_AT - ? WHERE USER_ID = ?", by.toMillis(), member.id());
        if (rows != 1) {
            throw new Unexpected("MFA_EVIDENCE", rows, "1 row");
        }
    }

    private static void rule(MfaRealm realm, Member member, Map<String, Object> what) {
        Map<String, Object> rule = new HashMap<>(what);
        rule.put("scope", Map.of("user", member.username()));
        Policies.of(realm).create(rule).expect(201);
    }
}
