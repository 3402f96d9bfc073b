package io.sallyport.admin;

import io.sallyport.json.InvalidRequest;
import io.sallyport.policy.rules.PolicyChange;
import io.sallyport.policy.rules.PolicyDocument;
import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.policy.rules.Warnings;
import io.sallyport.policy.store.ActionChange;
import io.sallyport.provider.KeycloakClock;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code …/mfa/policies/document}: the whole policy as JSON, to be kept in a repository and applied by a pipeline. */
public final class PolicyDocumentResource {

    private final PolicyDesk desk;
    private final Administrator caller;

    PolicyDocumentResource(PolicyDesk desk, Administrator caller) {
        this.desk = desk;
        this.caller = caller;
    }

    /** The policy; what it answers can be put back as it is. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response read() {
        caller.require(Permission.POLICY_READ);
        return desk.answering(() -> {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("revision", desk.rules().revision());
            body.put("rules", desk.rules().all().stream().map(desk.view()::of).toList());
            body.put("actions", desk.actions());
            return Answer.json(Response.Status.OK, body);
        });
    }

    /** Puts the policy in place of the one before; a dry run only tells what that would change. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response replace(
            @QueryParam("dry_run") @Nullable String dryRun,
            @QueryParam("reason") @Nullable String reason,
            InputStream body) {
        caller.require(Permission.POLICY_WRITE, Permission.POLICY_DELETE);
        return desk.answering(() -> {
            boolean onlyTell = isTrue(dryRun);
            PolicyRequest request = PolicyRequest.document(body, reason);
            PolicyDocument.Content content = PolicyDocument.content(request.content(), desk.directory());
            List<PolicyRule> wanted = content.rules();
            Optional<Long> seen = request.seen("revision");
            List<PolicyChange> changes = onlyTell
                    ? desk.rules().diff(seen, wanted)
                    : desk.made(request.why(), edit -> edit.replaceAll(seen, wanted));
            List<ActionChange> actions = content.actions()
                    .map(all -> onlyTell ? desk.actionsDiff(all) : desk.madeActions(request.why(), all))
                    .orElse(List.of());
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("dry_run", onlyTell);
            answer.put("revision", desk.rules().revision());
            answer.put("changes", changes.stream().map(desk.view()::of).toList());
            answer.put("action_changes", actions.stream().map(ActionView::of).toList());
            answer.put(
                    "unchanged",
                    wanted.size()
                            - changes.stream()
                                    .filter(change -> change.after().isPresent())
                                    .count());
            answer.put("warnings", Warnings.of(wanted, KeycloakClock.now()));
            return Answer.json(Response.Status.OK, answer);
        });
    }

    private static boolean isTrue(@Nullable String dryRun) {
        return switch (dryRun == null ? "false" : dryRun) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidRequest(List.of("dry_run: want true or false"));
        };
    }
}
