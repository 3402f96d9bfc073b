package io.sallyport.example.payments;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.oauth2.sdk.GeneralException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Optional;

/** The pages: the list of payment runs, the buttons on it, and the way back from the identity provider. */
final class Desk extends HttpServlet {

    private final transient Runs runs;
    private final transient SignIns signIns;
    private final transient Api api;

    Desk(Runs runs, SignIns signIns, Api api) {
        this.runs = runs;
        this.signIns = signIns;
        this.api = api;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Visit visit = Visit.of(request);
        switch (request.getPathInfo()) {
            case "/" -> Html.answer(new ListPage(runs, visit).html(), response);
            case "/style.css" -> Html.style(response);
            case "/callback" -> {
                comeBack(request, visit);
                response.sendRedirect("/");
            }
            default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Visit visit = Visit.of(request);
        String key = Optional.ofNullable(request.getParameter("key")).orElse("");
        if (!MessageDigest.isEqual(key.getBytes(UTF_8), visit.formKey().getBytes(UTF_8))) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
            return;
        }
        switch (request.getPathInfo()) {
            case "/login" -> leave(visit, Optional.empty(), response);
            case "/approve" -> leave(visit, Optional.of(run(request)), response);
            case "/again" -> {
                visit.tell(
                        api.pay(run(request), visit.member().map(Member::token).orElse("none")));
                response.sendRedirect("/");
            }
            default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private void leave(Visit visit, Optional<PaymentRun> run, HttpServletResponse response) throws IOException {
        Departure departure = Departure.now(run.map(PaymentRun::id));
        visit.expect(departure);
        try {
            response.sendRedirect(signIns.begin(departure, run).toString());
        } catch (GeneralException refused) {
            visit.tell(Notice.bad("The identity provider can't help now."));
            response.sendRedirect("/");
        }
    }

    private void comeBack(HttpServletRequest request, Visit visit) throws IOException {
        Optional<Departure> departure = visit.departure();
        if (departure.isEmpty()) {
            return;
        }
        try {
            Member member = signIns.finish(departure.get(), String.valueOf(request.getQueryString()));
            Optional<PaymentRun> run = departure.get().run().map(runs::named);
            boolean sameUser = visit.member()
                    .map(before -> before.subject().equals(member.subject()))
                    .orElse(true);
            if (run.isPresent() && !sameUser) {
                visit.tell(Notice.bad("Somebody else came back; nothing was approved."));
                return;
            }
            visit.signedIn(request, member);
            if (run.isPresent()) {
                visit.tell(api.pay(run.get(), member.token()));
            }
        } catch (GeneralException refused) {
            visit.tell(Notice.bad("Nothing was approved."));
        }
    }

    private PaymentRun run(HttpServletRequest request) {
        return runs.named(Optional.ofNullable(request.getParameter("run")).orElse(""));
    }
}
