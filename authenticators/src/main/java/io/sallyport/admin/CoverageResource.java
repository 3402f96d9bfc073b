package io.sallyport.admin;

import io.sallyport.json.InvalidRequest;
import io.sallyport.population.coverage.Coverage;
import io.sallyport.population.coverage.CoverageDays;
import io.sallyport.population.coverage.Dimension;
import io.sallyport.population.coverage.Part;
import io.sallyport.population.coverage.Sheet;
import io.sallyport.population.coverage.State;
import io.sallyport.population.coverage.Tally;
import io.sallyport.provider.DatabaseClock;
import io.sallyport.provider.KeycloakClock;
import io.sallyport.provider.RealmSettings;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** {@code …/mfa/coverage}: how many of the active users have what the policy asks of them, and who has not. */
public final class CoverageResource {

    private static final Logger LOG = Logger.getLogger(CoverageResource.class);
    private static final int MOST = 500;
    /** Ten years. */
    private static final int MOST_DAYS = 3_660;

    private static final String PAGE = "100";
    private static final String STATES =
            "all, missing, enrolled, required_missing, exempt, locked, grace, sms_only or" + " phishing_resistant";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Administrator caller;

    CoverageResource(KeycloakSession session, RealmModel realm, Administrator caller) {
        this.session = session;
        this.realm = realm;
        this.caller = caller;
    }

    /** The numbers of everybody, and of parts of them. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, CoverageFormat.CSV_TYPE, JsonLines.TYPE})
    public Response numbers(
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            @QueryParam("by") @Nullable String by,
            @QueryParam("format") @Nullable String format) {
        caller.require(Permission.STATUS);
        return Answer.by(session, () -> {
            CoverageQuery.refuseOthers(uri, "by", "format");
            CoverageFormat form = CoverageFormat.of(format, headers);
            Optional<Dimension> dimension =
                    CoverageQuery.named("by", by, Dimension::named, "group, organization, role or method");
            Instant now = KeycloakClock.now();
            Coverage coverage = new Coverage(session, realm, now);
            List<Map<String, Object>> parts = dimension
                    .map(chosen -> parts(chosen, coverage.by(chosen)))
                    .orElseGet(() -> List.of(coverage.totals().asMap()));
            return switch (form) {
                case JSON -> Answer.json(Response.Status.OK, json(now, dimension, parts));
                case CSV ->
                    table(csv -> {
                        csv.write(headings(dimension));
                        parts.forEach(part -> csv.write(
                                part.values().stream().map(String::valueOf).toList()));
                    });
                case NDJSON -> lines(json -> parts.forEach(json::write));
            };
        });
    }

    /** Who is in a state: a page of JSON, or everybody as a table or as lines. */
    @GET
    @Path("users")
    @Produces({MediaType.APPLICATION_JSON, CoverageFormat.CSV_TYPE, JsonLines.TYPE})
    public Response users(
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            @QueryParam("state") @Nullable String state,
            @QueryParam("after") @Nullable String after,
            @QueryParam("max") @Nullable String max,
            @QueryParam("format") @Nullable String format) {
        caller.require(Permission.STATUS);
        return Answer.by(session, () -> {
            CoverageQuery.refuseOthers(uri, "state", "after", "max", "format");
            CoverageFormat form = CoverageFormat.of(format, headers);
            State wanted = CoverageQuery.named("state", state, State::named, STATES)
                    .orElseThrow(() -> new InvalidRequest(List.of("state: want " + STATES)));
            if (form != CoverageFormat.JSON && (after != null || max != null)) {
                throw new InvalidRequest(List.of("after, max: csv and ndjson have everybody, pages are json"));
            }
            String from = CoverageQuery.named("after", after, CoverageQuery::username, "next of the page before")
                    .orElse(" ");
            int most = QueryNumber.of("max", max == null ? PAGE : max, 1, MOST);
            Coverage coverage = new Coverage(session, realm, KeycloakClock.now());
            return switch (form) {
                case JSON -> Answer.json(Response.Status.OK, page(coverage.page(wanted, from, most)));
                case CSV ->
                    table(csv -> {
                        csv.write(CoveredView.COLUMNS);
                        coverage.each(wanted, one -> csv.write(CoveredView.cells(one)));
                    });
                case NDJSON -> lines(json -> coverage.each(wanted, one -> json.write(CoveredView.json(one))));
            };
        });
    }

    /** The numbers of everybody as they were counted once a day. */
    @GET
    @Path("history")
    @Produces(MediaType.APPLICATION_JSON)
    public Response history(
            @Context UriInfo uri, @QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to) {
        caller.require(Permission.STATUS);
        return Answer.of(session, () -> {
            CoverageQuery.refuseOthers(uri, "from", "to");
            EvidencePeriod period =
                    EvidencePeriod.of(Optional.ofNullable(from), Optional.ofNullable(to), DatabaseClock.now(session));
            return Map.of("days", new CoverageDays(session, realm).between(period.from(), period.last(), MOST_DAYS));
        });
    }

    private static List<Map<String, Object>> parts(Dimension dimension, Map<Part, Tally> tallies) {
        List<Map<String, Object>> parts = new ArrayList<>();
        tallies.forEach((part, tally) -> {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put(dimension.text(), part.name());
            part.id().ifPresent(id -> map.put("id", id));
            map.putAll(tally.asMap());
            parts.add(map);
        });
        return parts;
    }

    private static List<String> headings(Optional<Dimension> dimension) {
        List<String> headings = new ArrayList<>();
        dimension.ifPresent(by -> {
            headings.add(by.text());
            if (by.hasIds()) {
                headings.add("id");
            }
        });
        headings.addAll(new Tally().asMap().keySet());
        return headings;
    }

    private Map<String, Object> json(Instant now, Optional<Dimension> dimension, List<Map<String, Object>> parts) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("at", now.toString());
        answer.put("enforced", RealmSettings.enabled(session, realm));
        if (dimension.isPresent()) {
            answer.put("by", dimension.get().text());
            answer.put("parts", parts);
        } else {
            answer.putAll(parts.get(0));
        }
        return answer;
    }

    private static Map<String, Object> page(Sheet sheet) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("users", sheet.users().stream().map(CoveredView::json).toList());
        sheet.next().ifPresent(name -> answer.put("next", CoverageQuery.cursor(name)));
        return answer;
    }

    private Response table(Consumer<CsvLines> content) {
        return streamed(CoverageFormat.CSV, output -> content.accept(new CsvLines(output)));
    }

    private Response lines(Consumer<JsonLines> content) {
        return streamed(CoverageFormat.NDJSON, output -> content.accept(new JsonLines(output)));
    }

    /** Keycloak keeps the session and its transaction open until the last line is written. */
    private Response streamed(CoverageFormat format, StreamingOutput content) {
        StreamingOutput output = to -> {
            try {
                content.write(to);
            } catch (UncheckedIOException gone) {
                // nobody is left to tell
                LOG.debugf(gone, "the reader of the coverage of realm %s went away", realm.getName());
            }
        };
        return Response.ok(output, format.type())
                .header("Cache-Control", "no-store")
                .build();
    }
}
