package io.sallyport.admin;

import io.sallyport.json.InvalidRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** {@code /admin/realms/{realm}/mfa}: set-up, settings and the audit trail. Keycloak has authenticated the caller already. */
public final class MfaAdminResource {

    private static final String OPEN_API = "openapi.json";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Administrator caller;

    MfaAdminResource(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth) {
        this.session = session;
        this.realm = realm;
        this.caller = new Administrator(session, realm, auth);
    }

    /** What set-up would change, and its undo. */
    @GET
    @Path("setup")
    @Produces(MediaType.APPLICATION_JSON)
    public Response preview() {
        caller.require(Permission.ALL);
        return Answer.of(session, new RealmSetup(session, realm)::preview);
    }

    /** Sets the realm up; answers what changed. */
    @POST
    @Path("setup")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response setUp(@Nullable String posted) {
        caller.require(Permission.ALL);
        String body = Answer.body(session, Optional.ofNullable(posted).orElse(""));
        return changed(() -> {
            SetupRequest request = SetupRequest.parse(body);
            caller.requireFreshProof();
            caller.requireMayEnable();
            return new RealmSetup(session, realm).apply(request, Optional.of(caller.id()));
        });
    }

    /** Takes the set-up back; the way out for whoever is locked out, by a service account. */
    @DELETE
    @Path("setup")
    @Produces(MediaType.APPLICATION_JSON)
    public Response remove(@QueryParam("reason") @Nullable String reason) {
        caller.require(Permission.ALL);
        return changed(() -> {
            String why =
                    Optional.ofNullable(reason).filter(text -> !text.isBlank()).orElse("no reason given");
            if (why.length() > RequestBody.MAX_REASON) {
                throw new InvalidRequest(
                        List.of("reason: want a text of at most " + RequestBody.MAX_REASON + " characters"));
            }
            caller.requireFreshProof();
            return new RealmSetup(session, realm).remove(why, Optional.of(caller.id()));
        });
    }

    /** The rules of the policy. */
    @Path("policies")
    public PoliciesResource policies() {
        return new PoliciesResource(new PolicyDesk(session, realm, caller), caller);
    }

    /** The catalogue of actions. */
    @Path("actions")
    public ActionsResource actions() {
        return new ActionsResource(session, realm, caller);
    }

    /** What the policy says about a sign-in. */
    @Path("decision")
    public DecisionResource decision() {
        return new DecisionResource(session, realm, new PolicyDesk(session, realm, caller), caller);
    }

    /** What a draft of the policy would do to everybody. */
    @Path("simulate")
    public SimulationResource simulate() {
        return new SimulationResource(session, realm, new PolicyDesk(session, realm, caller), caller);
    }

    /** How many have what is asked of them, and who has not. */
    @Path("coverage")
    public CoverageResource coverage() {
        return new CoverageResource(session, realm, caller);
    }

    /** The factors of one user. */
    @Path("users/{id}")
    public UserMfaResource user(@PathParam("id") String id) {
        return new UserMfaResource(session, realm, caller, id);
    }

    /** The audit trail. */
    @Path("audit")
    public AuditResource audit() {
        return new AuditResource(session, realm, caller);
    }

    /** What waits to be told to other systems. */
    @Path("outbox")
    public OutboxResource outbox() {
        return new OutboxResource(session, realm, caller);
    }

    /** Whether all that MFA stands on is in its place. */
    @Path("health")
    public HealthResource health() {
        return new HealthResource(session, realm, caller);
    }

    /** All about a period, for an auditor. */
    @Path("evidence")
    public EvidenceResource evidence() {
        return new EvidenceResource(session, realm, caller);
    }

    /** What the screens in the admin console begin with. */
    @Path("console")
    public ConsoleResource console() {
        return new ConsoleResource(session, realm, caller);
    }

    /** The settings of the realm. */
    @Path("settings")
    public SettingsResource settings() {
        return new SettingsResource(session, realm, caller);
    }

    /** All these calls as OpenAPI 3.1, for people and for generators of clients. */
    @GET
    @Path("openapi")
    @Produces(MediaType.APPLICATION_JSON)
    public Response openApi() {
        return Response.ok(MfaAdminResource.class.getResourceAsStream(OPEN_API)).build();
    }

    private Response changed(Supplier<List<String>> change) {
        return Answer.of(session, () -> Map.of("changed", change.get()));
    }
}
