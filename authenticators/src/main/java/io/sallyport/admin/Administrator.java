package io.sallyport.admin;

import io.sallyport.event.AuditUnavailable;
import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.gate.Machine;
import io.sallyport.json.Problem;
import io.sallyport.provider.RealmSettings;
import io.sallyport.verify.CallRate;
import io.sallyport.verify.Concerning;
import io.sallyport.verify.Denial;
import io.sallyport.verify.MfaUnavailable;
import io.sallyport.verify.SessionBinding;
import io.sallyport.verify.SessionEvidence;
import jakarta.ws.rs.WebApplicationException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.keycloak.Config;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** The caller of an administration call of one realm: what he is allowed, and what he has proved himself. */
final class Administrator {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator keycloak;
    private final AdminAuth auth;

    Administrator(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator keycloak) {
        this.session = session;
        this.realm = realm;
        this.keycloak = keycloak;
        this.auth = keycloak.adminAuth();
    }

    /** Id of the caller. */
    String id() {
        return auth.getUser().getId();
    }

    /** Names of the permissions that he has. */
    List<String> roles() {
        return Arrays.stream(Permission.values())
                .filter(this::may)
                .map(Permission::role)
                .toList();
    }

    /** Those that he may use on this user. */
    List<String> rolesFor(UserModel user) {
        return keycloak.users().canManage(user) && !user.getId().equals(id()) ? roles() : List.of();
    }

    /** Where he signed in, and who he is there. */
    <T> T home(BiFunction<RealmModel, UserModel, T> use) {
        return use.apply(auth.getRealm(), auth.getUser());
    }

    /** Answers 403 unless he has all of these permissions. */
    void require(Permission... wanted) {
        List<String> missing = Arrays.stream(wanted)
                .filter(permission -> !may(permission))
                .map(permission -> "the role " + permission.role() + " is missing")
                .toList();
        if (!missing.isEmpty()) {
            throw refused(Problem.FORBIDDEN, missing, Optional.empty());
        }
    }

    /**
     * Whether he has this permission, by the roles that the user has, not by those in the token: Keycloak 26.7 takes back
     * what a mapper puts into a token only for roles of its own. Before the first set-up there are no roles of ours, and who
     * may manage the realm may all.
     */
    boolean may(Permission permission) {
        Optional<ClientModel> client = new ManagementRoles(realm).clientFor(auth.getRealm());
        boolean neverSetUp =
                client.map(known -> known.getRole(Permission.ALL.role())).isEmpty()
                        && !RealmSettings.enabled(session, realm);
        return neverSetUp
                ? keycloak.realm().canManageRealm()
                : client.filter(known -> auth.hasAppRole(known, permission.role()))
                        .isPresent();
    }

    /**
     * Answers 403 unless he may switch MFA on in this realm: only who will not be locked out by it, an administrator of the
     * master realm or one who has proved a second factor here.
     */
    void requireMayEnable() {
        if (!ofMaster() && !fresh()) {
            throw refused(
                    Problem.MFA_REQUIRED,
                    List.of("only an administrator of the master realm, or one who has proved a second factor in this"
                            + " realm, may switch MFA on"),
                    Optional.empty());
        }
    }

    /** Answers 403 where his own realm has MFA and he has no fresh proof of a factor; a client's own account is exempt. */
    void requireFreshProof() {
        boolean machine = Machine.owns(session, auth.getRealm(), auth.getUser(), auth.getToken());
        if (!machine && RealmSettings.enabled(session, auth.getRealm()) && !fresh()) {
            throw refused(Problem.MFA_REQUIRED, List.of(), Optional.empty());
        }
    }

    /** Answers 403 unless Keycloak lets him see this user. */
    void requireView(UserModel user) {
        if (!keycloak.users().canView(user)) {
            throw unseen(Optional.of(user));
        }
    }

    /** Answers the same about somebody who does not exist, unless he may see everybody: nobody learns so which names there are. */
    void requireViewOfNobody() {
        if (!keycloak.users().canView()) {
            throw unseen(Optional.empty());
        }
    }

    private WebApplicationException unseen(Optional<UserModel> user) {
        return refused(Problem.FORBIDDEN, List.of("this user can't be viewed"), user);
    }

    /** Answers 403 unless Keycloak lets him manage this user, who is not himself. */
    void requireManage(UserModel user) {
        if (!keycloak.users().canManage(user)) {
            throw refused(Problem.FORBIDDEN, List.of("this user can't be managed"), Optional.of(user));
        }
        if (user.getId().equals(id())) {
            throw refused(Problem.FORBIDDEN, List.of("nobody does this to himself"), Optional.of(user));
        }
    }

    /** That he tried is on the record, or he is told that we can't do our part. */
    WebApplicationException refused(Problem problem, List<String> why, Optional<UserModel> about) {
        return refused(problem, why, Map.of(), about);
    }

    /** The same with headers. */
    WebApplicationException refused(
            Problem problem, List<String> why, Map<String, String> headers, Optional<UserModel> about) {
        MfaEvent event = refusal(problem);
        MfaEvent told =
                about.map(user -> Concerning.on(session, realm, user, event)).orElse(event);
        try {
            return Denial.of(CallRate.Kind.REFUSED_ADMIN, counted(), told)
                    .record(session)
                    .answer(session, () -> problem.exception(session, why, headers));
        } catch (AuditUnavailable | MfaUnavailable unrecorded) {
            return Problem.MFA_UNAVAILABLE.exception(session, List.of());
        }
    }

    private MfaEvent refusal(Problem problem) {
        HttpRequest request = session.getContext().getHttpRequest();
        MfaEvent event = MfaEvent.of(MfaEventType.FAILED, Outcome.FAILURE)
                .client(Optional.of(auth.getClient().getClientId()))
                .with(Detail.ACTOR, id())
                .with(Detail.REASON, problem.name().toLowerCase(Locale.ROOT))
                .with(
                        Detail.CALL,
                        request.getHttpMethod() + " " + request.getUri().getPath());
        return ownSession().map(UserSessionModel::getId).map(event::session).orElse(event);
    }

    private Optional<UserSessionModel> ownSession() {
        return Optional.ofNullable(session.getContext().getUserSession());
    }

    /** Whose refusals are counted as his in this realm; what he has proved in another one does not set him apart. */
    private CallRate.By counted() {
        return new CallRate.By(
                id(),
                auth.getClient().getClientId(),
                Optional.ofNullable(auth.getToken().getSessionId())
                        .orElseGet(() -> auth.getClient().getId()),
                ownSession()
                        .filter(known -> auth.getRealm().getId().equals(realm.getId()))
                        .flatMap(SessionBinding::of));
    }

    private boolean ofMaster() {
        return auth.getRealm().getName().equals(Config.getAdminRealm());
    }

    private boolean fresh() {
        RealmModel home = auth.getRealm();
        return Optional.ofNullable(auth.getToken().getSessionId())
                .<UserSessionModel>map(id -> session.sessions().getUserSession(home, id))
                .flatMap(own -> SessionEvidence.of(session, home, own, auth.getClient(), false)
                        .freshFactor())
                .isPresent();
    }
}
