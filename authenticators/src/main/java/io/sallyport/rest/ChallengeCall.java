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
import io.sallyport.verify.ActionApprovals;
import io.sallyport.verify.CallRate;
import io.sallyport.verify.Place;
import io.sallyport.verify.Posed;
import io.sallyport.verify.Proposal;
import io.sallyport.verify.Questions;
import io.sallyport.verify.Requested;
import io.sallyport.verify.Usable;
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
    static final Set<String> FIELDS = Set.of("action_type", "action_details", "method", Once.EXTERNAL_ID);

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
        new Refusals(caller).ifTooMany(CallRate.Kind.CHALLENGE);
        return new Once(caller, "challenge").answer(externalId, request, new Effect() {
            @Override
            public Outcome act() {
                Map<String, Object> asked = asked(type.get(), details, method);
                return new Had(asked, String.valueOf(asked.get("challenge_id")));
            }

            @Override
            public Map<String, Object> again(String id) {
                new Refusals(caller).ifLocked();
                return openStill(type.get(), id);
            }
        });
    }

    private Map<String, Object> asked(String type, Map<String, Object> details, Optional<Method> method) {
        if (method.filter(this::delivers).isPresent()) {
            return sent(type, details, method.get());
        }
        return type.equals(SIGN_IN) ? signIn(details, method) : action(type, details, method);
    }

    /** A challenge that was asked for before, as it was shown then. */
    private Map<String, Object> openStill(String type, String id) {
        Challenge open = open(id).orElseThrow(() -> Problem.MFA_CHALLENGE_EXPIRED.exception(session, List.of()));
        Map<String, Object> view = view(type, Map.of("challenge_id", id), open.methods(), open.expiresAt());
        SecondFactors factors = new SecondFactors(session);
        open.methods().stream()
                .flatMap(method -> factors.of(method).stream())
                .forEach(factor -> view.putAll(shown(factor.shown(realm, caller.user(), open))));
        return view;
    }

    private Optional<Challenge> open(String id) {
        return new Challenges(session)
                .pending(id, new Challenges.Owner(realm.getId(), caller.user().getId(), place.sessionId()));
    }

    private Map<String, Object> signIn(Map<String, Object> details, Optional<Method> method) {
        Set<Method> usable = usableForSignIn(details, method);
        Posed posed = questions().poseAny(usable);
        return view(SIGN_IN, answered(posed), usable, end(posed));
    }

    private Map<String, Object> action(String type, Map<String, Object> details, Optional<Method> method) {
        Proposal proposal = proposal(type, details, method);
        Requested requested = approvals.open(place, caller.user(), proposal);
        Map<String, Object> view = Optional.of(Method.WEBAUTHN)
                .filter(proposal.methods()::contains)
                .map(key -> questions().about(requested).pose(key, Purpose.APPROVE, Optional.empty()))
                .map(this::answered)
                .orElseGet(LinkedHashMap::new);
        view.put("challenge_id", requested.id());
        return view(
                type, view, proposal.methods(), requested.approval().challenge().expiresAt());
    }

    /** All that is asked of the database is committed before the message leaves: the provider may take its time. */
    private Map<String, Object> sent(String type, Map<String, Object> details, Method method) {
        boolean signIn = type.equals(SIGN_IN);
        Posed posed = signIn
                ? questions()
                        .send(
                                method,
                                Purpose.SIGN_IN,
                                Optional.empty(),
                                (own, known) -> in(own).usableForSignIn(details, Optional.of(method))
                                        .contains(method))
                : questions().sendFor(method, (own, known) -> in(own).proposal(type, details, Optional.of(method)));
        Map<String, Object> view = answered(posed);
        return view(type, view, Set.of(method), end(posed));
    }

    private ChallengeCall in(KeycloakSession own) {
        return new ChallengeCall(caller.in(own));
    }

    private Questions questions() {
        return new Questions(session, realm, place, caller.user());
    }

    private Set<Method> usableForSignIn(Map<String, Object> details, Optional<Method> method) {
        new Refusals(caller).ifLocked();
        if (!details.isEmpty()) {
            throw Problem.INVALID_REQUEST.exception(session, List.of("$.action_details: a sign-in has none"));
        }
        return chosen(new Usable(session, realm).forSignIn(place, caller.user()), method);
    }

    private Proposal proposal(String type, Map<String, Object> details, Optional<Method> method) {
        new Refusals(caller).ifLocked();
        Action action = approvals.action(type).orElseThrow(() -> Problem.NOT_FOUND.exception(session, List.of()));
        Details checked = checked(action, details);
        new Refusals(caller).ifSignedInTooLongAgo(action);
        Set<Method> usable = chosen(approvals.proofs(place, caller.user(), action), method);
        return approvals.propose(place, caller.user(), action, checked, usable);
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

    private Instant end(Posed posed) {
        return posed.challengeId().flatMap(this::open).map(Challenge::expiresAt).orElseGet(KeycloakClock::now);
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

    private boolean delivers(Method method) {
        return new SecondFactors(session)
                .of(method)
                .filter(SecondFactor::delivers)
                .isPresent();
    }
}
