package io.sallyport.journey;

import java.util.List;
import java.util.Map;

/** Our page that asks for a code. */
public record ChallengePage(Html html) implements Page {

    /** Answers with this code. */
    public Page answer(String code) {
        return html.submit("code", Map.of("code", code));
    }

    /** Answers with this code for one of several enrollments. */
    public Page answer(String code, String enrollment) {
        return html.submit("code", Map.of("code", code, "enrollment", enrollment));
    }

    /** The enrollments to choose from; empty if there is only one. */
    public List<String> enrollments() {
        return html.values("enrollment");
    }

    /** Asks for another method instead, as from the list of them. */
    public Page choose(String method) {
        return html.submit("choose", Map.of("choose", method));
    }

    /** What the page complains about; empty if it does not. */
    public String message() {
        return html.message();
    }

    @Override
    public String describe() {
        return "the challenge page: " + html.describe();
    }
}
