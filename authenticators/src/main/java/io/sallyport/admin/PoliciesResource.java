package io.sallyport.admin;

import io.sallyport.json.InvalidRequest;
import io.sallyport.policy.Level;
import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.policy.rules.State;
import io.sallyport.policy.rules.Warnings;
import io.sallyport.policy.store.RuleFilter;
import io.sallyport.policy.store.RulePlace;
import io.sallyport.policy.store.StoredRule;
import io.sallyport.provider.KeycloakClock;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code …/mfa/policies}: the rules of a realm, one by one. */
public final class PoliciesResource {

    private static final int MAX_PAGE = 500;

    private final PolicyDesk desk;
    private final Administrator caller;

    PoliciesResource(PolicyDesk desk, Administrator caller) {
        this.desk = desk;
        this.caller = caller;
    }

    /** The whole policy as one document. */
    @Path("document")
    public PolicyDocumentResource document() {
        return new PolicyDocumentResource(desk, caller);
    }

    /** Rules in the order of their ids, exceptions in that of their ends, a page at a time. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response list(
            @QueryParam("level") @Nullable String level,
            @QueryParam("organization") @Nullable String organization,
            @QueryParam("group") @Nullable String group,
            @QueryParam("user") @Nullable String user,
            @QueryParam("exceptions") @Nullable String exceptions,
            @QueryParam("ends_from") @Nullable String endsFrom,
            @QueryParam("after") @Nullable String after,
            @QueryParam("max") @DefaultValue("100") String max) {
        caller.require(Permission.POLICY_READ);
        return desk.answering(() -> {
            int count = QueryNumber.of("max", max, 1, MAX_PAGE);
            RuleFilter filter = new RuleFilter(
                    Optional.ofNullable(level).map(PoliciesResource::level),
                    id("organization", organization, desk.directory()::organization),
                    id("group", group, desk.directory()::group),
                    id("user", user, desk.directory()::user),
                    only("exceptions", exceptions));
            RulePlace place = PlaceRequest.of(filter.exceptions(), endsFrom, after);
            List<StoredRule> found = desk.rules().list(filter, place, count + 1);
            List<StoredRule> page = found.subList(0, Math.min(count, found.size()));
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("revision", desk.rules().revision());
            body.put("policies", desk.views(page));
            if (found.size() > count) {
                body.put(
                        "next",
                        RulePlace.after(page.get(count - 1), filter.exceptions())
                                .next());
            }
            return Answer.json(Response.Status.OK, body);
        });
    }

    /** A new rule. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response create(@QueryParam("reason") @Nullable String reason, InputStream body) {
        caller.require(Permission.POLICY_WRITE);
        return desk.answering(() -> {
            PolicyRequest request = PolicyRequest.rule(body, reason);
            PolicyRule rule = desk.rule(request.content());
            desk.made(request.why(), edit -> edit.create(rule));
            return shown(Response.Status.CREATED, rule.id());
        });
    }

    /** One rule. */
    @GET
    @Path("{id}")
    @Produces(MediaType.APPLICATION_JSON)
    public Response read(@PathParam("id") String id) {
        caller.require(Permission.POLICY_READ);
        return desk.answering(() -> shown(Response.Status.OK, id));
    }

    /** Changes a rule; it names the version that its author has seen. */
    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response update(
            @PathParam("id") String id, @QueryParam("reason") @Nullable String reason, InputStream body) {
        caller.require(Permission.POLICY_WRITE);
        return desk.answering(() -> {
            PolicyRequest request = PolicyRequest.rule(body, reason);
            request.content().putIfAbsent("id", id);
            PolicyRule rule = desk.rule(request.content());
            if (!rule.id().equals(id)) {
                throw new InvalidRequest(List.of("$.rules[0].id: is not the id of the path"));
            }
            long version = request.seen("version")
                    .orElseThrow(() -> new InvalidRequest(List.of("$.rules[0].version: is missing")));
            if (weakens(desk.rules().find(id).rule(), rule, KeycloakClock.now())) {
                caller.require(Permission.POLICY_DELETE);
            }
            desk.made(request.why(), edit -> edit.update(rule, version));
            return shown(Response.Status.OK, id);
        });
    }

    /** Deletes a rule. */
    @DELETE
    @Path("{id}")
    public Response delete(
            @PathParam("id") String id,
            @QueryParam("version") @Nullable String version,
            @QueryParam("reason") @Nullable String reason) {
        caller.require(Permission.POLICY_DELETE);
        return desk.answering(() -> {
            Optional<Long> seen = Optional.ofNullable(version)
                    .map(text -> (long) QueryNumber.of("version", text, 1, Integer.MAX_VALUE));
            desk.made(PolicyRequest.why(Optional.ofNullable(reason)), edit -> edit.delete(id, seen));
            return Response.noContent().build();
        });
    }

    /** What was changed in a rule, newest first; also of one that is gone. */
    @GET
    @Path("{id}/history")
    @Produces(MediaType.APPLICATION_JSON)
    public Response history(@PathParam("id") String id) {
        caller.require(Permission.POLICY_READ);
        return desk.answering(() -> Answer.json(
                Response.Status.OK,
                Map.of(
                        "history",
                        desk.rules().history(id).stream().map(desk.view()::of).toList())));
    }

    private Response shown(Response.Status status, String id) {
        StoredRule stored = desk.rules().find(id);
        Map<String, Object> body = desk.views(List.of(stored)).get(0);
        List<String> warnings = new ArrayList<>(Warnings.of(List.of(stored.rule()), KeycloakClock.now()));
        warnings.addAll(desk.unreminded(stored));
        if (!warnings.isEmpty()) {
            body.put("warnings", warnings);
        }
        return Answer.json(status, body);
    }

    /** To switch a requirement off, to put it off, or to let it end sooner, is to delete it. */
    private static boolean weakens(PolicyRule before, PolicyRule after, Instant now) {
        return requires(before) && (!requires(after) || beginsLater(before, after, now) || endsSooner(before, after));
    }

    private static boolean beginsLater(PolicyRule before, PolicyRule after, Instant now) {
        Instant begin = before.validFrom().orElse(Instant.MIN);
        return after.validFrom()
                .filter(other -> other.isAfter(now) && other.isAfter(begin))
                .isPresent();
    }

    private static boolean endsSooner(PolicyRule before, PolicyRule after) {
        Instant end = before.validUntil().orElse(Instant.MAX);
        return after.validUntil().filter(other -> other.isBefore(end)).isPresent();
    }

    private static boolean requires(PolicyRule rule) {
        return rule.state() == State.ENFORCED && rule.demand().required();
    }

    private static boolean only(String field, @Nullable String text) {
        if (text != null && !text.equals("true")) {
            throw new InvalidRequest(List.of(field + ": want true, or leave it out"));
        }
        return text != null;
    }

    private static Level level(String name) {
        try {
            return Level.valueOf(name);
        } catch (IllegalArgumentException unknown) {
            throw new InvalidRequest(List.of("level: want USER, GROUP, TENANT or GLOBAL"));
        }
    }

    private static Optional<String> id(
            String field, @Nullable String name, Function<String, Optional<String>> directory) {
        return Optional.ofNullable(name)
                .map(given -> directory
                        .apply(given)
                        .orElseThrow(() -> new InvalidRequest(List.of(field + ": no " + field + " " + given))));
    }
}
