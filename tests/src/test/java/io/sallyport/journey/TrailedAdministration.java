package io.sallyport.journey;

import static io.sallyport.event.MfaEventType.AUDIT_EXPORTED;
import static io.sallyport.event.MfaEventType.AUDIT_PRUNED;
import static io.sallyport.event.MfaEventType.AUDIT_READ;
import static io.sallyport.event.MfaEventType.COVERAGE_READ;
import static io.sallyport.event.MfaEventType.DEACTIVATED;
import static io.sallyport.event.MfaEventType.DEVICE_ENDED;
import static io.sallyport.event.MfaEventType.EVIDENCE_EXPORTED;
import static io.sallyport.event.MfaEventType.FAILED;
import static io.sallyport.event.MfaEventType.GRACE_ENDED;
import static io.sallyport.event.MfaEventType.NOTICE_FAILED;
import static io.sallyport.event.MfaEventType.OUTBOX_RESENT;
import static io.sallyport.event.MfaEventType.PASS_ISSUED;
import static io.sallyport.event.MfaEventType.PERSON_ERASED;
import static io.sallyport.event.MfaEventType.POLICY_CREATED;
import static io.sallyport.event.MfaEventType.POLICY_DELETED;
import static io.sallyport.event.MfaEventType.POLICY_UPDATED;
import static io.sallyport.event.MfaEventType.RECOVERY_LINK_MAILED;
import static io.sallyport.event.MfaEventType.RECOVERY_RESET;
import static io.sallyport.event.MfaEventType.SESSIONS_ENDED;
import static io.sallyport.event.MfaEventType.SETTINGS_CHANGED;
import static io.sallyport.event.MfaEventType.UNLOCKED;
import static io.sallyport.journey.Operation.failure;
import static io.sallyport.journey.Operation.success;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What administrators do, and what they are refused. */
record TrailedAdministration(TrailRealm place) {

    private static final Map<String, Object> WHY = Map.of("reason", "a journey");
    private static final String NOBODY = "";
    /** Keycloak's console shows who is locked, and lets him in again, in realms with brute force detection only. */
    private static final Map<String, Object> SHOWN =
            Map.of("bruteForceProtected", true, "failureFactor", 100, "quickLoginCheckMilliSeconds", 0);

    List<Operation> all() {
        return List.of(
                Operation.of(
                        "Unlock",
                        traced -> {
                            Member member = place.locked();
                            traced.admin("POST", "users/" + member.id() + "/unlock", WHY)
                                    .expect(200);
                            return member.id();
                        },
                        success(UNLOCKED, "", "a journey")),
                Operation.of(
                        "Unlock by Keycloak's own console",
                        traced -> {
                            place.realm().change(SHOWN);
                            Member member = place.locked();
                            traced.keycloak("DELETE", "attack-detection/brute-force/users/" + member.id(), Map.of())
                                    .expect(204);
                            place.realm().change(Map.of("bruteForceProtected", false));
                            return member.id();
                        },
                        success(UNLOCKED, "", "Keycloak's own unlock")),
                Operation.of(
                        "Unlock of everybody by Keycloak's own console",
                        traced -> {
                            place.unlockAll();
                            Member member = place.locked();
                            traced.keycloak("DELETE", "attack-detection/brute-force/users", Map.of())
                                    .expect(204);
                            return member.id();
                        },
                        success(UNLOCKED, "", "Keycloak's own unlock")),
                Operation.of(
                        "A pass",
                        traced -> {
                            Member member = place.newcomer();
                            traced.admin("POST", "users/" + member.id() + "/pass", WHY)
                                    .expect(200);
                            return member.id();
                        },
                        success(PASS_ISSUED, "", "a journey")),
                Operation.of(
                        "Recovery codes of a user that count no more",
                        traced -> {
                            Member member = place.member();
                            traced.admin("POST", "users/" + member.id() + "/recovery-codes", WHY)
                                    .expect(200);
                            return member.id();
                        },
                        success(RECOVERY_RESET, "RECOVERY_CODE", "a journey")),
                Operation.of(
                        "A link to new recovery codes, by mail",
                        traced -> {
                            Member member = place.member();
                            traced.admin(
                                            "POST",
                                            "users/" + member.id() + "/recovery-codes",
                                            Map.of("reason", "a journey", "by_mail", true))
                                    .expect(200);
                            return member.id();
                        },
                        success(RECOVERY_LINK_MAILED, "", "a journey")),
                Operation.of(
                        "A factor of a user, revoked",
                        traced -> {
                            Member member = place.member();
                            traced.admin(
                                            "DELETE",
                                            "users/" + member.id() + "/enrollments/" + place.credential(member, "otp")
                                                    + "?reason=a+journey",
                                            Map.of())
                                    .expect(200);
                            return member.id();
                        },
                        success(DEACTIVATED, "TOTP", "a journey")),
                Operation.of(
                        "A factor of a user, removed by Keycloak's own console",
                        traced -> {
                            Member member = place.member();
                            traced.keycloak(
                                            "DELETE",
                                            "users/" + member.id() + "/credentials/" + place.credential(member, "otp"),
                                            Map.of())
                                    .expect(204);
                            return member.id();
                        },
                        success(DEACTIVATED, "TOTP", "")),
                Operation.of(
                        "Browsers of a user that are trusted no more",
                        traced -> {
                            Member member = place.member();
                            place.trust(new Browser(), member);
                            traced.admin("DELETE", "users/" + member.id() + "/devices?reason=a+journey", Map.of())
                                    .expect(200);
                            return member.id();
                        },
                        success(DEVICE_ENDED, "", "a journey")),
                Operation.of(
                        "A rule, created",
                        traced -> {
                            rule(traced);
                            return NOBODY;
                        },
                        success(POLICY_CREATED, "", "a journey").byRule()),
                Operation.of(
                        "A rule, changed",
                        traced -> {
                            ObjectNode rule =
                                    rule(new Traced(place.realm(), "before")).deepCopy();
                            rule.put("name", "other");
                            traced.admin("PUT", "policies/" + rule.path("id").asText() + "?reason=a+journey", rule)
                                    .expect(200);
                            return NOBODY;
                        },
                        success(POLICY_UPDATED, "", "a journey").byRule()),
                Operation.of(
                        "A rule, deleted",
                        traced -> {
                            JsonNode rule = rule(new Traced(place.realm(), "before"));
                            traced.admin(
                                            "DELETE",
                                            "policies/" + rule.path("id").asText() + "?reason=a+journey",
                                            Map.of())
                                    .expect(200, 204);
                            return NOBODY;
                        },
                        success(POLICY_DELETED, "", "a journey").byRule()),
                Operation.of(
                        "The document of the policy",
                        traced -> {
                            ObjectNode document = place.realm()
                                    .admin()
                                    .get(place.realm().name() + "/mfa/policies/document")
                                    .deepCopy();
                            document.withArray("rules")
                                    .addPOJO(Map.of(
                                            "name",
                                            "new",
                                            "required",
                                            true,
                                            "when",
                                            Map.of("clients", List.of(client()))));
                            traced.admin("PUT", "policies/document?reason=a+journey", document)
                                    .expect(200);
                            return NOBODY;
                        },
                        success(POLICY_CREATED, "", "a journey").byRule()),
                Operation.of(
                        "An action, put and deleted",
                        traced -> {
                            traced.admin("PUT", "actions/do_it?reason=a+journey", Map.of("description", "Do it"))
                                    .expect(200, 201);
                            traced.admin("DELETE", "actions/do_it?reason=a+journey", Map.of())
                                    .expect(200, 204);
                            return NOBODY;
                        },
                        success(POLICY_CREATED, "", "a journey"),
                        success(POLICY_DELETED, "", "a journey")),
                Operation.of(
                        "A setting",
                        traced -> {
                            traced.admin(
                                            "PUT",
                                            "settings",
                                            Map.of("reason", "a journey", "settings", Map.of("mfa.claim.ttl", "299")))
                                    .expect(200);
                            return NOBODY;
                        },
                        success(SETTINGS_CHANGED, "", "a journey")),
                Operation.of(
                        "Set-up, again and with another setting",
                        traced -> {
                            traced.admin(
                                            "POST",
                                            "setup",
                                            Map.of("reason", "a journey", "settings", Map.of("mfa.claim.ttl", "298")))
                                    .expect(200);
                            return NOBODY;
                        },
                        success(SETTINGS_CHANGED, "", "a journey")),
                Operation.of(
                        "The trail, read",
                        traced -> {
                            traced.admin("GET", "audit?max=1", Map.of()).expect(200);
                            return NOBODY;
                        },
                        success(AUDIT_READ, "", "")),
                Operation.of(
                        "A row of the trail, proved",
                        traced -> {
                            traced.admin("GET", "audit/" + sealed() + "/proof", Map.of())
                                    .expect(200);
                            return NOBODY;
                        },
                        success(AUDIT_READ, "", "")),
                Operation.of(
                        "The trail, taken away",
                        traced -> {
                            traced.admin("GET", "audit/export?format=csv", Map.of())
                                    .expect(200);
                            return NOBODY;
                        },
                        success(AUDIT_EXPORTED, "", ""),
                        success(AUDIT_EXPORTED, "", "")),
                Operation.of(
                        "Evidence, taken away",
                        traced -> {
                            traced.admin("GET", "evidence?from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z", Map.of())
                                    .expect(200);
                            return NOBODY;
                        },
                        success(EVIDENCE_EXPORTED, "", "")),
                Operation.of(
                        "Dead letters, sent again",
                        traced -> {
                            traced.admin("POST", "outbox/resend", WHY).expect(200);
                            return NOBODY;
                        },
                        success(OUTBOX_RESENT, "", "a journey")),
                Operation.of(
                        "A dead letter, sent again",
                        traced -> {
                            Member member = place.member();
                            letDie(member);
                            JsonNode answer = traced.admin("POST", "outbox/resend", WHY)
                                    .expect(200)
                                    .json();
                            if (answer.path("resent").asInt() != 1) {
                                throw new Unexpected("outbox/resend", answer.toString(), "one that is sent again");
                            }
                            return NOBODY;
                        },
                        success(OUTBOX_RESENT, "", "a journey")),
                Operation.of(
                        "Dead letters, read",
                        traced -> {
                            letDie(place.member());
                            traced.admin("GET", "outbox", Map.of()).expect(200);
                            place.realm().admin().post(place.realm().name() + "/mfa/outbox/resend", WHY);
                            return NOBODY;
                        },
                        success(AUDIT_READ, "", "")),
                Operation.of("Dead letters, looked for where there are none", traced -> {
                    traced.admin("GET", "outbox", Map.of()).expect(200);
                    return NOBODY;
                }),
                Operation.of(
                        "Whom a draft would affect",
                        traced -> {
                            Map<String, Object> draft = Map.of("document", Map.of("rules", List.of()));
                            traced.admin("POST", "simulate", draft).expect(200);
                            return NOBODY;
                        },
                        success(COVERAGE_READ, "", "")),
                Operation.of(
                        "Sessions of a user, ended",
                        traced -> {
                            Member member = place.member();
                            place.realm().signIn(new Browser(), member);
                            traced.admin("DELETE", "users/" + member.id() + "/sessions?reason=a+journey", Map.of())
                                    .expect(200);
                            return member.id();
                        },
                        success(SESSIONS_ENDED, "", "a journey")),
                Operation.of(
                        "Grace of a user, ended",
                        traced -> {
                            Member member = place.newcomer();
                            place.grace(member);
                            traced.admin("DELETE", "users/" + member.id() + "/grace?reason=a+journey", Map.of())
                                    .expect(200);
                            return member.id();
                        },
                        success(GRACE_ENDED, "", "a journey")),
                Operation.of(
                        "Who has no factor, a page of them and all of them",
                        traced -> {
                            traced.admin("GET", "coverage/users?state=missing&max=1", Map.of())
                                    .expect(200);
                            traced.admin("GET", "coverage/users?state=missing&format=csv", Map.of())
                                    .expect(200);
                            return NOBODY;
                        },
                        success(COVERAGE_READ, "", ""),
                        success(COVERAGE_READ, "", "")),
                Operation.of("How many have a factor: numbers without names", traced -> {
                    traced.admin("GET", "coverage", Map.of()).expect(200);
                    return NOBODY;
                }),
                Operation.of(
                        "A person, erased",
                        traced -> {
                            Member member = place.member();
                            place.realm()
                                    .backend()
                                    .password(
                                            member.username(),
                                            Member.PASSWORD,
                                            member.phone().wrongCode());
                            place.realm()
                                    .admin()
                                    .delete(place.realm().name() + "/users/" + member.id())
                                    .expect(204);
                            new Auditor(place.realm(), Path.of(".")).awaitSealed();
                            traced.admin("DELETE", "audit/persons/" + member.id() + "?reason=a+journey", Map.of())
                                    .expect(200);
                            return NOBODY;
                        },
                        success(PERSON_ERASED, "", "a journey")),
                Operation.of(
                        "Refused: a call without the role for it",
                        traced -> {
                            traced.admin(place.memberToken(), "GET", "audit", Map.of())
                                    .expect(403);
                            return NOBODY;
                        },
                        failure(FAILED, "", "forbidden")),
                Operation.of(
                        "Refused: a call about oneself",
                        traced -> {
                            traced.admin(
                                            place.administratorToken(),
                                            "POST",
                                            "users/" + place.administrator().id() + "/unlock",
                                            WHY)
                                    .expect(403);
                            return place.administrator().id();
                        },
                        failure(FAILED, "", "forbidden")),
                Operation.of(
                        "Refused: a change without a fresh proof",
                        traced -> {
                            traced.admin(
                                            place.staleToken(),
                                            "PUT",
                                            "settings",
                                            Map.of("reason", "a journey", "settings", Map.of("mfa.claim.ttl", "297")))
                                    .expect(403);
                            return NOBODY;
                        },
                        failure(FAILED, "", "mfa_required")),
                Operation.of(
                        "Refused: a rule that frees its author",
                        traced -> {
                            traced.admin(
                                            place.administratorToken(),
                                            "POST",
                                            "policies?reason=a+journey",
                                            Map.of(
                                                    "required",
                                                    false,
                                                    "scope",
                                                    Map.of(
                                                            "user",
                                                            place.administrator()
                                                                    .username()),
                                                    "valid_until",
                                                    "2998-01-01T00:00:00Z",
                                                    "reason",
                                                    "a journey"))
                                    .expect(403);
                            return NOBODY;
                        },
                        failure(FAILED, "", "forbidden")),
                Operation.later(
                        "A mail that is lost",
                        traced -> {
                            place.realm()
                                    .change(Map.of(
                                            "smtpServer",
                                            Map.of("host", "localhost", "port", "1", "from", "sso@example.org")));
                            Member member = place.member();
                            traced.admin("POST", "users/" + member.id() + "/pass", WHY)
                                    .expect(200);
                            return member.id();
                        },
                        failure(NOTICE_FAILED, "", "PASS_ISSUED")),
                Operation.later(
                        "Old rows, removed",
                        traced -> {
                            SettingsApi.of(place.realm())
                                    .change(Map.of("mfa.audit.retention-days", "30"))
                                    .expect(200);
                            return NOBODY;
                        },
                        success(AUDIT_PRUNED, "", "")));
    }

    /** Lets the consumer of webhooks refuse an event about him for good. */
    private void letDie(Member member) throws InterruptedException {
        SettingsApi settings = SettingsApi.of(place.realm());
        settings.change(Map.of(
                        "mfa.events.webhook.url", place.receiver().address().toString()))
                .expect(200);
        place.receiver().answers(call -> call.subject().equals(member.id()) ? 410 : 204);
        place.realm()
                .backend()
                .password(member.username(), Member.PASSWORD, member.phone().wrongCode());
        place.receiver().await(call -> call.subject().equals(member.id()));
        place.await(() -> !outbox().path("dead_letters").isEmpty());
        place.receiver().answers(call -> 204);
        settings.change(Map.of("mfa.events.webhook.url", "")).expect(200);
    }

    private JsonNode outbox() {
        return place.realm().admin().get(place.realm().name() + "/mfa/outbox");
    }

    private String client() {
        String id = Pkce.random();
        place.realm().addClient(id, Map.of());
        return id;
    }

    /** A rule of a client of its own. */
    private JsonNode rule(Traced traced) {
        return traced.admin(
                        "POST",
                        "policies?reason=a+journey",
                        Map.of("required", true, "when", Map.of("clients", List.of(client()))))
                .expect(201)
                .json();
    }

    /** The event of the row that was sealed last. */
    private String sealed() {
        MfaRealm realm = place.realm();
        new Auditor(realm, Path.of(".")).awaitSealed();
        String realmId = realm.admin().get(realm.name()).path("id").asText();
        return place.database()
                .rows(
                        "SELECT EVENT_ID FROM MFA_AUDIT WHERE REALM_ID = ? AND LEAF_POSITION IS NOT NULL"
                                + " ORDER BY LEAF_POSITION DESC FETCH FIRST 1 ROWS ONLY",
                        realmId)
                .get(0)
                .get("EVENT_ID");
    }
}
