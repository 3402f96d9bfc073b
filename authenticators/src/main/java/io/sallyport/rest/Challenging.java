package io.sallyport.rest;

import io.sallyport.crypto.CanonicalJson;
import io.sallyport.factor.Approval;
import io.sallyport.factor.Challenge;
import io.sallyport.factor.Challenges;
import io.sallyport.factor.Purpose;
import io.sallyport.factor.SecondFactor;
import io.sallyport.factor.SecondFactors;
import io.sallyport.json.Problem;
import io.sallyport.policy.Method;
import io.sallyport.policy.action.Action;
import io.sallyport.policy.action.Details;
import io.sallyport.policy.action.InvalidDetails;
import io.sallyport.provider.KeycloakClock;
import io.sallyport.verify.ActionApprovals;
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

/** A challenge is posed, or sent; who asks for it again is shown the same one, as long as it is open. */
final class Challenging implements Effect {

    private static final String ID = "challenge_id";

    private final Caller caller;
    private final KeycloakSession session;
    private final RealmModel realm;
    private final Place place;
    private final ActionApprovals approvals;
    private final Wanted wanted;

    Challenging(Caller caller, Wanted wanted) {
        this.caller = caller;
        this.session = caller.session();
        this.realm = caller.realm();
        this.place = caller.place();
        this.approvals = new ActionApprovals(session, realm);
        this.wanted = wanted;
    }

    @Override
    public Map<String, Object> act(Memory memory) {
        if (wanted.method().filter(this::delivers).isPresent()) {
            return sent(wanted.method().get(), memory);
        }
        Map<String, Object> asked = wanted.isSignIn() ? signIn() : action();
        memory.keep(session, String.valueOf(asked.get(ID)));
        return asked;
    }

    /** The challenge that was asked for before, as it was shown then. */
    @Override
    public Map<String, Object> again(String id) {
        new Refusals(caller).ifLocked();
        Challenge open = open(id).orElseThrow(() -> Problem.MFA_CHALLENGE_EXPIRED.exception(session, List.of()));
        Map<String, Object> view = view(Map.of(ID, id), open.methods(), open.expiresAt());
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

    private Map<String, Object> signIn() {
        Set<Method> usable = usableForSignIn();
        Posed posed = questions().poseAny(usable);
        return view(answered(posed), usable, end(posed));
    }

    private Map<String, Object> action() {
        Proposal proposal = proposal();
        Requested requested = approvals.open(place, caller.user(), proposal);
        Map<String, Object> view = Optional.of(Method.WEBAUTHN)
                .filter(proposal.methods()::contains)
                .map(key -> questions().about(requested).pose(key, Purpose.APPROVE, Optional.empty()))
                .map(this::answered)
                .orElseGet(LinkedHashMap::new);
        view.put(ID, requested.id());
        return view(view, proposal.methods(), requested.approval().challenge().expiresAt());
    }

    /** All that is asked of the database is committed before the message leaves: the provider may take its time. */
    private Map<String, Object> sent(Method method, Memory memory) {
        Questions questions = questions().beside(memory::keep);
        Posed posed = wanted.isSignIn()
                ? questions.send(
                        method,
                        Purpose.SIGN_IN,
                        Optional.empty(),
                        (own, known) -> in(own).usableForSignIn().contains(method))
                : questions.sendFor(method, (own, known) -> in(own).proposal());
        if (posed.problem().isPresent()) {
            memory.forget();
        }
        return view(answered(posed), Set.of(method), end(posed));
    }

    private Challenging in(KeycloakSession own) {
        return new Challenging(caller.in(own), wanted);
    }

    private Questions questions() {
        return new Questions(session, realm, place, caller.user());
    }

    private Set<Method> usableForSignIn() {
        new Refusals(caller).ifLocked();
        if (!wanted.details().isEmpty()) {
            throw Problem.INVALID_REQUEST.exception(session, List.of("$.action_details: a sign-in has none"));
        }
        return chosen(new Usable(session, realm).forSignIn(place, caller.user()));
    }

    private Proposal proposal() {
        new Refusals(caller).ifLocked();
        Action action =
                approvals.action(wanted.type()).orElseThrow(() -> Problem.NOT_FOUND.exception(session, List.of()));
        Details checked = checked(action);
        new Refusals(caller).ifSignedInTooLongAgo(action);
        Set<Method> usable = chosen(approvals.proofs(place, caller.user(), action));
        return approvals.propose(place, caller.user(), action, checked, usable);
    }

    private Details checked(Action action) {
        try {
            Details checked = Details.of(action, wanted.details());
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

    private Set<Method> chosen(Set<Method> usable) {
        Optional<Method> method = wanted.method();
        if (method.isPresent() && !usable.contains(method.get())) {
            throw new Refusals(caller).unusable(session, method.get());
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
        posed.challengeId().ifPresent(id -> view.put(ID, id));
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

    private Map<String, Object> view(Map<String, Object> asked, Set<Method> methods, Instant expires) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put(ID, asked.getOrDefault(ID, ""));
        view.put("action_type", wanted.type());
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

    /**
     * What is asked for.
     *
     * @param method by which it is to be proved; absent if any will do
     */
    record Wanted(String type, Map<String, Object> details, Optional<Method> method) {

        private static final String SIGN_IN = "sign_in";

        boolean isSignIn() {
            return type.equals(SIGN_IN);
        }
    }
}
