package io.sallyport.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.journey.Audit;
import io.sallyport.journey.ChallengePage;
import io.sallyport.journey.KeycloakServer;
import io.sallyport.journey.Page;
import io.sallyport.journey.Phone;
import io.sallyport.journey.SignIn;
import io.sallyport.journey.TokenReply;
import io.sallyport.journey.Unexpected;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code ./demo --check}: the main job, driven over plain HTTP. */
final class Check {

    private static final int THRESHOLD = 5;
    private static final String CHALLENGE = ChallengePage.class.getSimpleName();

    private final Cast cast;
    private final Report report;
    private final ClaimsCheck claims;
    private final Audit audit;
    private final Person regular;
    private final Person target;
    private final Phone phone;

    Check(KeycloakServer server, DemoRealm realm, Report report) {
        this.cast = new Cast(server, realm);
        this.report = report;
        this.claims = new ClaimsCheck(report, Clock.systemUTC());
        this.audit = new Audit(server.admin(), DemoRealm.NAME);
        this.regular = realm.enrolled().get(0);
        this.target = realm.enrolled().get(1);
        this.phone = regular.phone();
    }

    /** Whether all of it held. */
    boolean run() {
        step("(a) The password of " + regular.username() + " alone gets no token", this::passwordAlone);
        step("(b) Password and a fresh code get a token", this::passwordAndCode);
        step("(c) A code works once", this::sameCodeAgain);
        step("(d) Five wrong codes lock " + target.username() + " for 15 minutes", this::wrongCodes);
        step("(e) The audit trail has it all", this::auditRows);
        report.title(report.allHeld() ? "All of it held." : "Not all of it held: see FAILED above.");
        return report.allHeld();
    }

    private void step(String title, Runnable step) {
        report.title(title);
        try {
            step.run();
        } catch (Unexpected | UncheckedIOException failed) {
            report.failed(title, String.valueOf(failed.getMessage()));
        }
    }

    private void passwordAlone() {
        report.check("browser shows", shows(cast.password(cast.signIn(), regular)), CHALLENGE);
        TokenReply reply = cast.direct(regular, Map.of());
        report.check("direct grant, status", reply.status(), 403);
        report.check("direct grant, error", reply.error(), "mfa_required");
        report.check("direct grant, a token", reply.granted(), false);
    }

    private void passwordAndCode() {
        SignIn signIn = cast.signIn();
        ChallengePage challenge = cast.password(signIn, regular).as(ChallengePage.class);
        JsonNode web =
                signIn.redeem(challenge.answer(phone.nextCode())).tokens().claims();
        report.show("in the browser:");
        claims.check(web);
        report.show("by the direct grant:");
        claims.check(
                cast.direct(regular, Map.of("totp", phone.nextCode())).tokens().claims());
    }

    private void sameCodeAgain() {
        Map<String, String> code = Map.of("totp", phone.nextCode());
        report.check("first time, a token", cast.direct(regular, code).granted(), true);
        report.check("second time, a token", cast.direct(regular, code).granted(), false);
        ChallengePage challenge = cast.password(cast.signIn(), regular).as(ChallengePage.class);
        report.check(
                "in the browser it leads back to",
                shows(challenge.answer(String.valueOf(code.get("totp")))),
                CHALLENGE);
    }

    private void wrongCodes() {
        Phone other = target.phone();
        for (int i = 1; i <= THRESHOLD; i++) {
            TokenReply reply = cast.direct(target, Map.of("totp", other.wrongCode()));
            report.check("wrong code " + i + ", a token", reply.granted(), false);
        }
        TokenReply right = cast.direct(target, Map.of("totp", other.nextCode()));
        report.check("then the right one, a token", right.granted(), false);
        report.check("its error", right.error(), "invalid_grant");
        List<Audit.Row> locks = rows(target, "auth.mfa_locked");
        report.check("locks", locks.size(), 1);
        locks.forEach(lock -> report.check("the lock lasts 15 minutes", lasts15Minutes(lock), true));
    }

    private static String shows(Page page) {
        return page.getClass().getSimpleName();
    }

    private static boolean lasts15Minutes(Audit.Row lock) {
        long from = Instant.parse(lock.text("timestamp")).getEpochSecond();
        return Math.abs(Long.parseLong(lock.detail("locked_until")) - from - 900) <= 2;
    }

    private void auditRows() {
        report.show(AuditTable.of(regular.username(), audit.of(id(regular))));
        report.show(AuditTable.of(target.username(), audit.of(id(target))));
        report.check(
                "verified rows of " + regular.username(),
                rows(regular, "auth.mfa_verified").size(),
                3);
        report.check(
                "refused tokens of " + regular.username(),
                rows(regular, "auth.mfa_token_refused").size() >= 1,
                true);
        report.check(
                "replays of " + regular.username(),
                rows(regular, "auth.mfa_failed").size(),
                2);
        report.check(
                "verified rows of " + target.username(),
                rows(target, "auth.mfa_verified").size(),
                0);
    }

    private List<Audit.Row> rows(Person person, String type) {
        return audit.of(id(person), type);
    }

    private String id(Person person) {
        return audit.admin()
                .get(DemoRealm.NAME + "/users?exact=true&username=" + person.username())
                .path(0)
                .path("id")
                .asText();
    }
}
