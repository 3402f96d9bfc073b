package io.sallyport.rest;

import io.sallyport.crypto.CanonicalJson;
import io.sallyport.factor.Approval;
import io.sallyport.factor.Challenge;
import io.sallyport.factor.Challenges;
import io.sallyport.factor.Purpose;
import io.sallyport.factor.SecondFactor;
import io.sallyport.factor.SecondFactors;
import io.sallyport.json.JsonFields;
import io.sallyport.json.Problem;
import io.sallyport.policy.Method;
import io.sallyport.policy.action.Action;
import io.sallyport.policy.action.Details;
import io.sallyport.policy.action.InvalidDetails;
import io.sallyport.provider.KeycloakClock;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import io.sallyport.verify.ActionApprovals;
import io.sallyport.verify.OwnTransaction;
import io.sallyport.verify.Place;
import io.sallyport.verify.Posed;
import io.sallyport.verify.Questions;
import io.sallyport.verify.Requested;
import io.sallyport.verify.Usable;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Asks for the proof of one action, or of the sign-in. */
final class ChallengeCall implements Call.Work {

    private static final String SIGN_IN = "sign_in";
    private static final Set<String> FIELDS = Set.of("action_type", "action_details", "method", Once.EXTERNAL_ID);

    private final Caller caller;
    private final KeycloakSession session;
    private final RealmModel realm;
    private final Place place;
    private final ActionApprovals approvals;

    ChallengeCall(Caller caller) {
        this.caller = caller;
        this.session = caller.session();
        this.realm = caller.realm();
        this.place = caller.place();
        this.approvals = new ActionApprovals(session, realm);
    }

    @Override
    public Map<String, Object> answer(Map<String, Object> request) {
        JsonFields fields = JsonFields.of(request, FIELDS);
        Optional<String> type = fields.text("action_type", "an action", Optional::of);
        Optional<Method> method = fields.text("method", "a method", Method::named);
        Map<String, Object> details = Fields.details(fields);
        if (type.isEmpty() && !fields.has("action_type")) {
            fields.problem("action_type", "is missing");
        }
        Optional<String> externalId = fields.text(Once.EXTERNAL_ID, Fields.PLAIN, Fields::plain);
        fields.refuseProblems();
        if (!type.get().equals(SIGN_IN)) {
            caller.live();
        }
        return new Once(caller, "challenge").answer(externalId, request, new Effect() {
            @Override
            public Outcome act() {
                new Refusals(caller).ifLocked();
                new Refusals(caller).ifTooMany();
                Map<String, Object> asked =
                        type.get().equals(SIGN_IN) ? signIn(details, method) : action(type.get(), details, method);
                return new Had(asked, String.valueOf(asked.get("challenge_id")));
            }

            @Override
            public Map<String, Object> again(String id) {
                new Refusals(caller).ifLocked();
                return openStill(id, type.get());
            }
        });
    }

    /** A challenge that was asked for before, as it was shown then. */
    private Map<String, Object> openStill(String id, String type) {
        Challenge open = new Challenges(session)
                .pending(id, new Challenges.Owner(realm.getId(), caller.user().getId(), place.sessionId()))
                .orElseThrow(() -> Problem.MFA_CHALLENGE_EXPIRED.exception(session, List.of()));
        Map<String, Object> view = view(type, Map.of("challenge_id", id), open.methods(), open.expiresAt());
        SecondFactors factors = new SecondFactors(session);
        open.methods().stream()
                .flatMap(method -> factors.of(method).stream())
                .forEach(factor -> view.putAll(shown(factor.shown(realm, caller.user(), open))));
        return view;
    }

    private Map<String, Object> signIn(Map<String, Object> details, Optional<Method> method) {
        if (!details.isEmpty()) {
            throw Problem.INVALID_REQUEST.exception(session, List.of("$.action_details: a sign-in has none"));
        }
        Set<Method> usable = chosen(new Usable(session, realm).forSignIn(place, caller.user()), method);
        Questions questions = new Questions(session, realm, place, caller.user());
        Posed posed = method.filter(this::delivers)
                .map(sent -> questions.send(sent, Purpose.SIGN_IN, Optional.empty()))
                .orElseGet(() -> questions.poseAny(usable));
        Instant end = KeycloakClock.now().plus(life(method));
        return view(SIGN_IN, answered(posed), usable, end);
    }

    private Map<String, Object> action(String type, Map<String, Object> details, Optional<Method> method) {
        Action action = approvals.action(type).orElseThrow(() -> Problem.NOT_FOUND.exception(session, List.of()));
        Details checked = checked(action, details);
        new Refusals(caller).ifSignedInTooLongAgo(action);
        Set<Method> usable = chosen(approvals.proofs(place, caller.user(), action), method);
        boolean sends = method.filter(this::delivers).isPresent();
        Requested requested = sends
                ? OwnTransaction.call(
                        session,
                        own -> new ActionApprovals(own, own.getContext().getRealm())
                                .open(place, caller.user(), action, checked, usable))
                : approvals.open(place, caller.user(), action, checked, usable);
        Questions questions = new Questions(session, realm, place, caller.user()).about(requested);
        Optional<Posed> posed = sends
                ? Optional.of(questions.send(method.get(), Purpose.APPROVE, Optional.empty()))
                : Optional.of(Method.WEBAUTHN)
                        .filter(usable::contains)
                        .map(key -> questions.pose(key, Purpose.APPROVE, Optional.empty()));
        Map<String, Object> view = posed.map(this::answered).orElseGet(LinkedHashMap::new);
        view.put("challenge_id", requested.id());
        return view(type, view, usable, requested.approval().challenge().expiresAt());
    }

    private Details checked(Action action, Map<String, Object> details) {
        try {
            Details checked = Details.of(action, details);
            if (CanonicalJson.of(checked.values()).toString().length() > Approval.MAX_DETAILS) {
                throw Problem.TOO_LARGE.exception(session, List.of("$.action_details: is too long"));
            }
            return checked;
        } catch (InvalidDetails bad) {
            throw Problem.INVALID_REQUEST.exception(
                    session,
                    bad.problems().stream().map("$.action_details."::concat).toList());
        }
    }

    private Set<Method> chosen(Set<Method> usable, Optional<Method> method) {
        if (method.isPresent() && !usable.contains(method.get())) {
            throw new Refusals(caller).unusable(method.get());
        }
        Set<Method> left =
                method.map(Set::of).orElseGet(() -> Usable.without(usable, new SecondFactors(session).delivering()));
        if (left.isEmpty()) {
            throw new Refusals(caller).nothingUsable();
        }
        return left;
    }

    private Map<String, Object> answered(Posed posed) {
        posed.problem().ifPresent(notNow -> {
            throw new Refusals(caller).notNow(notNow);
        });
        Map<String, Object> view = new LinkedHashMap<>();
        posed.challengeId().ifPresent(id -> view.put("challenge_id", id));
        view.putAll(shown(posed.shown()));
        return view;
    }

    private static Map<String, Object> shown(Map<String, Object> question) {
        Map<String, Object> shown = new LinkedHashMap<>();
        Optional.ofNullable(question.get("options"))
                .ifPresent(options -> shown.put("webauthn", Fields.tree(String.valueOf(options))));
        Optional.ofNullable(question.get("destination")).ifPresent(to -> shown.put("destination", to));
        return shown;
    }

    private static Map<String, Object> view(
            String type, Map<String, Object> asked, Set<Method> methods, Instant expires) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("challenge_id", asked.getOrDefault("challenge_id", ""));
        view.put("action_type", type);
        view.put("methods", methods.stream().map(Method::name).sorted().toList());
        view.put("expires_at", expires.toString());
        view.putAll(asked);
        return view;
    }

    private Duration life(Optional<Method> method) {
        return method.filter(this::delivers)
                .flatMap(sent -> new SecondFactors(session).of(sent))
                .map(factor -> factor.ttl(RealmSettings.of(session, realm)))
                .orElseGet(() -> RealmSettings.of(session, realm).get(Setting.CHALLENGE_TTL));
    }

    private boolean delivers(Method method) {
        return new SecondFactors(session)
                .of(method)
                .filter(SecondFactor::delivers)
                .isPresent();
    }
}
