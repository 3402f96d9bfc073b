package io.sallyport.example.payments;

import static io.sallyport.example.payments.Html.text;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The one page: what is due, what was approved, and what came of the last press of a button. */
record ListPage(Runs runs, Visit visit) {

    String html() {
        return visit.notice().map(ListPage::notice).orElse("")
                + visit.member().map(this::list).orElseGet(this::welcome);
    }

    private String welcome() {
        return "<p>Sign in to see which payment runs are due.</p>" + form("/login", "", "Sign in", "");
    }

    private String list(Member member) {
        return "<p>Signed in as <strong>" + text(member.name())
                + "</strong>. Each payment needs an approval of its own.</p>"
                + "<table><caption>Payment runs</caption><thead><tr><th scope=\"col\">Run</th><th scope=\"col\">Payee</th>"
                + "<th scope=\"col\" class=\"amount\">Amount</th><th scope=\"col\">Status</th><th scope=\"col\">Action</th></tr>"
                + "</thead><tbody>" + runs.due().stream().map(this::row).collect(Collectors.joining())
                + "</tbody></table>";
    }

    private String row(PaymentRun run) {
        Optional<String> approval = runs.approvalOf(run);
        return "<tr><th scope=\"row\">" + text(run.id()) + "</th><td>" + text(run.payee()) + "<br><small>"
                + text(run.purpose()) + "</small></td><td class=\"amount\">"
                + String.format(Locale.ROOT, "%,.2f", run.amount()) + " " + text(run.currency()) + "</td><td>"
                + approval.map(id -> "<span class=\"done\" data-approval=\"" + text(id) + "\">Released</span>")
                        .orElse("<span class=\"due\">Due</span>")
                + "</td><td>"
                + (approval.isPresent()
                        ? form("/again", run.id(), "Release again", "plain")
                        : form("/approve", run.id(), "Approve", ""))
                + "</td></tr>";
    }

    private String form(String target, String run, String label, String style) {
        String what = run.isEmpty() ? "" : "<span class=\"unseen\"> " + text(run) + "</span>";
        return "<form method=\"post\" action=\"" + target + "\"><input type=\"hidden\" name=\"key\" value=\""
                + text(visit.formKey()) + "\"><input type=\"hidden\" name=\"run\" value=\"" + text(run)
                + "\"><button class=\"" + style + "\">" + text(label) + what + "</button></form>";
    }

    private static String notice(Notice notice) {
        return "<p role=\"status\" class=\"notice " + (notice.good() ? "good" : "bad") + "\">" + text(notice.text())
                + "</p>";
    }
}
