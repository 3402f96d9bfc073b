package io.sallyport.admin;

import io.sallyport.json.InvalidRequest;
import io.sallyport.policy.SignInFacts;
import io.sallyport.policy.address.StrictAddresses;
import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.policy.rules.RuleEngine;
import io.sallyport.provider.KeycloakClock;
import io.sallyport.provider.RealmSettings;
import io.sallyport.verify.Circumstances;
import io.sallyport.verify.Facts;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** {@code …/mfa/decision}: what the stored policy says about a sign-in, real or supposed, and why. */
public final class DecisionResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final PolicyDesk desk;
    private final Administrator caller;

    DecisionResource(KeycloakSession session, RealmModel realm, PolicyDesk desk, Administrator caller) {
        this.session = session;
        this.realm = realm;
        this.desk = desk;
        this.caller = caller;
    }

    /** The decision with the trace of every rule that could be about the user. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response decide(
            @QueryParam("user") @Nullable String username,
            @QueryParam("user_id") @Nullable String userId,
            @QueryParam("client") @Nullable String client,
            @QueryParam("address") @Nullable String address,
            @QueryParam("identity_provider") @Nullable String identityProvider,
            @QueryParam("time") @Nullable String time,
            @QueryParam("session_since") @Nullable String sessionSince,
            @QueryParam("trace") @Nullable String trace) {
        caller.require(Permission.STATUS);
        return desk.answering(() -> {
            List<String> problems = new ArrayList<>();
            Optional<UserModel> user = user(username, userId, problems);
            Circumstances circumstances = new Circumstances(
                    client(client, problems),
                    read("address", address, StrictAddresses::address, "an IPv4 or IPv6 address", problems),
                    read(
                            "identity_provider",
                            identityProvider,
                            alias -> Optional.of(alias).filter(desk.directory()::hasIdentityProvider),
                            "the alias of an identity provider",
                            problems),
                    read("session_since", sessionSince, DecisionResource::instant, "an ISO 8601 time in UTC", problems),
                    read("time", time, DecisionResource::instant, "an ISO 8601 time in UTC", problems)
                            .orElseGet(KeycloakClock::now));
            boolean onlyDecided = read(
                            "trace",
                            trace,
                            text -> Optional.of(text).filter("decided"::equals),
                            "decided, or leave it out",
                            problems)
                    .isPresent();
            if (!problems.isEmpty()) {
                throw new InvalidRequest(problems);
            }
            SignInFacts facts = Facts.of(session, realm, user.orElseThrow(), circumstances);
            List<PolicyRule> rules = desk.rules().rulesFor(facts.userId());
            DecisionView view = new DecisionView(desk.directory(), rules, facts);
            return Answer.json(
                    Response.Status.OK,
                    view.of(
                            RuleEngine.resolve(rules, facts, desk.rules()::asOf),
                            RealmSettings.enabled(session, realm),
                            onlyDecided));
        });
    }

    private Optional<UserModel> user(@Nullable String username, @Nullable String id, List<String> problems) {
        if ((username == null) == (id == null)) {
            problems.add("user: want either user or user_id");
            return Optional.empty();
        }
        Optional<UserModel> found = Optional.ofNullable(
                username == null
                        ? session.users().getUserById(realm, String.valueOf(id))
                        : session.users().getUserByUsername(realm, username));
        found.ifPresentOrElse(caller::requireView, caller::requireViewOfNobody);
        if (found.isEmpty()) {
            problems.add("user: there is no such user");
        }
        return found;
    }

    /** Without a client it is the account console's sign-in. */
    private String client(@Nullable String clientId, List<String> problems) {
        String asked = clientId == null ? Constants.ACCOUNT_CONSOLE_CLIENT_ID : clientId;
        if (!desk.directory().hasClient(asked)) {
            problems.add("client: there is no " + asked);
        }
        return asked;
    }

    private static <T> Optional<T> read(
            String name,
            @Nullable String text,
            Function<String, Optional<T>> reader,
            String wanted,
            List<String> problems) {
        if (text == null) {
            return Optional.empty();
        }
        Optional<T> read = reader.apply(text);
        if (read.isEmpty()) {
            problems.add(name + ": want " + wanted);
        }
        return read;
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
