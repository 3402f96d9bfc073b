package io.sallyport.example.payments;

import com.nimbusds.oauth2.sdk.id.Identifier;
import com.nimbusds.oauth2.sdk.id.State;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;

/** What the application knows of one browser; it all stays on the server. */
final class Visit {

    private final HttpSession session;

    private Visit(HttpSession session) {
        this.session = session;
    }

    static Visit of(HttpServletRequest request) {
        return new Visit(request.getSession());
    }

    /** A visitor becomes a user: under an id that nobody planted before. */
    void signedIn(HttpServletRequest request, Member member) {
        request.changeSessionId();
        session.setAttribute("member", member);
    }

    Optional<Member> member() {
        return Optional.ofNullable((Member) session.getAttribute("member"));
    }

    void expect(Departure departure) {
        session.setAttribute("departure", departure);
    }

    /** Once. */
    Optional<Departure> departure() {
        Optional<Departure> found = Optional.ofNullable((Departure) session.getAttribute("departure"));
        session.removeAttribute("departure");
        return found;
    }

    void tell(Notice notice) {
        session.setAttribute("notice", notice);
    }

    /** Once. */
    Optional<Notice> notice() {
        Optional<Notice> found = Optional.ofNullable((Notice) session.getAttribute("notice"));
        session.removeAttribute("notice");
        return found;
    }

    /** Stands in every form, so that other sites can't submit one. */
    String formKey() {
        if (session.getAttribute("formKey") == null) {
            session.setAttribute("formKey", new State(Identifier.DEFAULT_BYTE_LENGTH).getValue());
        }
        return (String) session.getAttribute("formKey");
    }
}
