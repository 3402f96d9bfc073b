package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.factor.Approval;
import io.sallyport.factor.Approvals;
import io.sallyport.factor.Challenges;
import io.sallyport.factor.Transaction;
import io.sallyport.json.JsonBody;
import io.sallyport.policy.Method;
import io.sallyport.policy.action.Action;
import io.sallyport.policy.action.Details;
import io.sallyport.policy.store.ActionStore;
import io.sallyport.provider.ConfigKey;
import io.sallyport.provider.DatabaseClock;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Asks for the approval of an action: by whom, of exactly what, and by which proofs. */
public final class ActionApprovals {

    private final KeycloakSession session;
    private final RealmModel realm;

    /** The approvals of a realm, in the session's transaction. */
    public ActionApprovals(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** The action of this type as it is now; empty if the catalogue has none, then it is denied. */
    public Optional<Action> action(String type) {
        return Action.isType(type) ? new ActionStore(session, realm).find(type) : Optional.empty();
    }

    /**
     * The methods by which this user may approve it here: he has them, the action takes them and so does the policy. No
     * recovery code, pass or waiver is among them.
     */
    public Set<Method> proofs(Place place, UserModel user, Action action) {
        Set<Method> proofs = EnumSet.noneOf(Method.class);
        proofs.addAll(new Usable(session, realm).held(place, user));
        proofs.retainAll(action.proofs());
        return Collections.unmodifiableSet(proofs);
    }

    /** What this would be that the user is asked to approve here, by one of these of his {@link #proofs}. */
    public Proposal propose(Place place, UserModel user, Action action, Details details, Set<Method> methods) {
        return new Proposal(
                new Transaction(
                        action,
                        details,
                        user.getId(),
                        place.clientId(),
                        place.sessionId(),
                        Facts.tenants(session, realm, user).stream().sorted().toList()),
                methods);
    }

    /**
     * Asks for it, in place of what this session asked for the same action before.
     *
     * @throws MfaUnavailable if the transaction is too large to be kept
     */
    public Requested open(Place place, UserModel user, Proposal proposal) {
        return open(place, user, Challenges.newId(), proposal);
    }

    Requested open(Place place, UserModel user, String id, Proposal proposal) {
        Action action = proposal.transaction().action();
        Duration ttl = action.ttl().orElseGet(() -> settings(Setting.APPROVAL_TTL));
        Approval approval = new Approvals(session)
                .open(
                        id,
                        owner(place, user),
                        proposal.transaction(),
                        proposal.methods(),
                        settings(Setting.CHALLENGE_TTL),
                        ttl);
        Shown.asked(session, realm, place, user.getId())
                .record(event(MfaEventType.CHALLENGE_CREATED, Outcome.SUCCESS, place, user, approval, "asked"));
        return new Requested(approval, proposal.transaction());
    }

    /** What was asked for in this session under this id, in whatever state; empty if there is none. */
    public Optional<Approval> find(Place place, UserModel user, String id) {
        return new Approvals(session).find(id, owner(place, user));
    }

    /** The same with what is approved, if it can still be answered: the action is as it was then. */
    public Optional<Requested> pending(Place place, UserModel user, String id) {
        return find(place, user, id)
                .filter(approval -> approval.isPending(now()))
                .flatMap(approval ->
                        transaction(place, user, approval).map(transaction -> new Requested(approval, transaction)));
    }

    private Optional<Transaction> transaction(Place place, UserModel user, Approval approval) {
        return current(approval)
                .map(action -> new Transaction(
                        action,
                        Details.of(action, JsonBody.object(approval.details().getBytes(StandardCharsets.UTF_8))),
                        user.getId(),
                        place.clientId(),
                        place.sessionId(),
                        approval.tenants()));
    }

    /** The action of an approval, unless it was changed or deleted since. */
    Optional<Action> current(Approval approval) {
        return action(approval.actionType()).filter(action -> action.version() == approval.actionVersion());
    }

    /** The time that approvals are held to. */
    Instant now() {
        return DatabaseClock.now(session);
    }

    Challenges.Owner owner(Place place, UserModel user) {
        return new Challenges.Owner(realm.getId(), user.getId(), place.sessionId());
    }

    static MfaEvent event(
            MfaEventType type, Outcome outcome, Place place, UserModel user, Approval approval, String reason) {
        return place.ruling()
                .begun(MfaEvent.of(type, outcome)
                        .user(user.getId())
                        .client(Optional.of(place.clientId()))
                        .session(place.sessionId())
                        .with(Detail.ACTION, approval.actionType())
                        .with(Detail.ACTION_HASH, approval.hash())
                        .with(Detail.REASON, reason));
    }

    private Duration settings(ConfigKey<Duration> setting) {
        return RealmSettings.of(session, realm).get(setting);
    }
}
