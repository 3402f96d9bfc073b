package io.sallyport.admin;

import io.sallyport.event.Trail;
import io.sallyport.json.InvalidRequest;
import io.sallyport.population.coverage.Coverage;
import io.sallyport.population.coverage.CoverageDays;
import io.sallyport.population.coverage.Covered;
import io.sallyport.population.coverage.Dimension;
import io.sallyport.population.coverage.Sheet;
import io.sallyport.population.coverage.State;
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
import jakarta.ws.rs.core.UriInfo;
import java.io.OutputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** {@code …/mfa/coverage}: how many of the active users have what the policy asks of them, and who has not. */
public final class CoverageResource extends CalledResource {

    private static final int MOST = 500;

    private static final String PAGE = "100";
    private static final String STATES =
            "all, missing, enrolled, required_missing, exempt, locked, grace, sms_only or phishing_resistant";

    CoverageResource(KeycloakSession session, RealmModel realm, Administrator caller) {
        super(session, realm, caller);
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
            QueryNames.refuseOthers(uri, "by", "format");
            CoverageFormat form = CoverageFormat.of(format, headers);
            Optional<Dimension> dimension =
                    CoverageQuery.named("by", by, Dimension::named, "group, organization, role or method");
            Instant now = KeycloakClock.now();
            NumbersView numbers = new NumbersView(new Coverage(session, realm, now), dimension);
            return switch (form) {
                case JSON -> Answer.json(Response.Status.OK, numbers.json(now, RealmSettings.enabled(session, realm)));
                case CSV -> file(form, numbers.table());
                case NDJSON -> file(form, numbers.lines());
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
            QueryNames.refuseOthers(uri, "state", "after", "max", "format");
            CoverageFormat form = CoverageFormat.of(format, headers);
            State wanted = CoverageQuery.named("state", state, State::named, STATES)
                    .orElseThrow(() -> new InvalidRequest(List.of("state: want " + STATES)));
            if (form != CoverageFormat.JSON && (after != null || max != null)) {
                throw new InvalidRequest(List.of("after, max: csv and ndjson have everybody, pages are json"));
            }
            String from = CoverageQuery.named("after", after, CoverageQuery::username, "next of the page before")
                    .orElse(" ");
            int most = QueryNumber.of("max", max == null ? PAGE : max, 1, MOST);
            return switch (form) {
                case JSON -> page(wanted, from, most);
                case CSV -> everybody(wanted, form, to -> cells(new CsvLines(to)));
                case NDJSON -> everybody(wanted, form, to -> objects(new JsonLines(to)));
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
            QueryNames.refuseOthers(uri, "from", "to");
            Period period = Period.of(Optional.ofNullable(from), Optional.ofNullable(to), DatabaseClock.now(session))
                    .ofDays();
            return Map.of("days", new CoverageDays(session, realm).between(period.from(), period.last()));
        });
    }

    /** Names of people are on the record before they are shown; numbers, which screens and monitors poll, are not. */
    private void recordReading(State state, CoverageFormat form) {
        String wanted = state.name().toLowerCase(Locale.ROOT);
        Trail.recordFirst(session, realm, AuditReading.names(caller, Map.of("state", wanted), form));
    }

    private Response page(State state, String from, int most) {
        Coverage coverage = new Coverage(session, realm, KeycloakClock.now());
        recordReading(state, CoverageFormat.JSON);
        Sheet sheet = coverage.page(state, from, most);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("users", sheet.users().stream().map(CoveredView::json).toList());
        sheet.next().ifPresent(name -> answer.put("next", CoverageQuery.cursor(name)));
        return Answer.json(Response.Status.OK, answer);
    }

    private Response everybody(State state, CoverageFormat format, Function<OutputStream, Consumer<Covered>> form) {
        return HandedOut.to(caller, file -> {
            recordReading(state, format);
            return file(
                    format,
                    file.of(
                            session,
                            realm,
                            (own, same, to) ->
                                    new Coverage(own, same, KeycloakClock.now()).each(state, form.apply(to))));
        });
    }

    private static Consumer<Covered> cells(CsvLines csv) {
        csv.write(CoveredView.COLUMNS);
        return one -> csv.write(CoveredView.cells(one));
    }

    private static Consumer<Covered> objects(JsonLines json) {
        return one -> json.write(CoveredView.json(one));
    }

    private static Response file(CoverageFormat format, Object content) {
        return Response.ok(content, format.type())
                .header("Cache-Control", "no-store")
                .build();
    }
}
