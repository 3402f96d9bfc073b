package io.sallyport.admin;

import io.sallyport.event.AuditReader;
import io.sallyport.event.AuditUnavailable;
import io.sallyport.event.MfaEventType;
import io.sallyport.policy.rules.InvalidPolicy;
import io.sallyport.policy.store.ActsOnOneself;
import io.sallyport.policy.store.PolicyConflict;
import io.sallyport.provider.InvalidSettings;
import io.sallyport.verify.MfaUnavailable;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
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

/** {@code /admin/realms/{realm}/mfa}: set-up and the audit trail. Keycloak has authenticated the caller already. */
public final class MfaAdminResource {

    private static final int MAX_BODY = 1_000_000;
    private static final int MAX_ROWS = 500;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Administrator caller;

    MfaAdminResource(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth) {
        this.session = session;
        this.realm = realm;
        this.caller = new Administrator(session, realm, auth);
    }

    /** Sets the realm up; answers what changed. */
    @POST
    @Path("setup")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response setUp(@Nullable String posted) {
        caller.require(Permission.ALL);
        String body = Optional.ofNullable(posted).orElse("");
        if (body.length() > MAX_BODY) {
            throw Problem.TOO_LARGE.exception(session, List.of());
        }
        return changed(() -> {
            SetupRequest request = SetupRequest.parse(body);
            mayWrite();
            if (!caller.mayEnable()) {
                throw Problem.MFA_REQUIRED.exception(
                        session,
                        List.of("only an administrator of the master realm, or one who has proved a second factor"
                                + " in this realm, may set it up"));
            }
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
            if (why.length() > SetupRequest.MAX_REASON) {
                throw new InvalidRequest(
                        List.of("reason: want a text of at most " + SetupRequest.MAX_REASON + " characters"));
            }
            mayWrite();
            return new RealmSetup(session, realm).remove(why, Optional.of(caller.id()));
        });
    }

    /** The rules of the policy. */
    @Path("policies")
    public PoliciesResource policies() {
        return new PoliciesResource(new PolicyDesk(session, realm, caller), caller);
    }

    /** What the policy says about a sign-in. */
    @Path("decision")
    public DecisionResource decision() {
        return new DecisionResource(session, realm, new PolicyDesk(session, realm, caller), caller);
    }

    /** Rows of the audit trail, newest first. */
    @GET
    @Path("audit")
    @Produces(MediaType.APPLICATION_JSON)
    public Response audit(
            @QueryParam("user") @Nullable String user,
            @QueryParam("type") @Nullable String type,
            @QueryParam("first") @DefaultValue("0") String first,
            @QueryParam("max") @DefaultValue("100") String max) {
        caller.require(Permission.STATUS);
        Optional<MfaEventType> wanted = Optional.ofNullable(type).map(this::type);
        List<Map<String, Object>> rows = session.getProvider(AuditReader.class)
                .read(
                        realm.getId(),
                        Optional.ofNullable(user),
                        wanted,
                        number("first", first, 0, Integer.MAX_VALUE),
                        number("max", max, 1, MAX_ROWS));
        return answer(Map.of("rows", rows));
    }

    private void mayWrite() {
        if (!caller.mayWrite()) {
            throw Problem.MFA_REQUIRED.exception(session, List.of());
        }
    }

    private Response changed(Supplier<List<String>> change) {
        try {
            return answer(Map.of("changed", change.get()));
        } catch (InvalidRequest bad) {
            throw Problem.INVALID_REQUEST.exception(session, bad.problems());
        } catch (InvalidSettings bad) {
            throw Problem.INVALID_REQUEST.exception(session, bad.problems());
        } catch (InvalidPolicy bad) {
            throw Problem.INVALID_REQUEST.exception(session, bad.problems());
        } catch (ActsOnOneself own) {
            throw Problem.FORBIDDEN.exception(session, List.of(String.valueOf(own.getMessage())));
        } catch (PolicyConflict conflict) {
            throw Problem.POLICY_CONFLICT.exception(session, List.of(String.valueOf(conflict.getMessage())));
        } catch (AuditUnavailable | MfaUnavailable unavailable) {
            throw Problem.MFA_UNAVAILABLE.exception(session, List.of());
        }
    }

    private MfaEventType type(String name) {
        return MfaEventType.named(name)
                .orElseThrow(() -> Problem.INVALID_REQUEST.exception(session, List.of("type: no event type")));
    }

    private int number(String name, String text, int least, int most) {
        if (text.matches("[0-9]{1,9}")) {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw Problem.INVALID_REQUEST.exception(session, List.of(name + ": want " + least + " to " + most));
    }

    private static Response answer(Map<String, Object> body) {
        return Response.ok(body).header("Cache-Control", "no-store").build();
    }
}
