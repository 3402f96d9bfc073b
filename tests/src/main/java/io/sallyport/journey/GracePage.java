package io.sallyport.journey;

import java.util.Map;
import java.util.Optional;

/** Our page that announces the second factor while it may still be put off. */
public record GracePage(Html html) implements Page {

    /** Chooses to enroll. */
    public Page now() {
        return choose("now");
    }

    /** Chooses to go on without. */
    public Page later() {
        return choose("later");
    }

    /** Posts any choice, as an attacker would. */
    public Page choose(String choice) {
        return submit(Map.of("grace", choice));
    }

    /** Posts any fields. */
    public Page submit(Map<String, String> fields) {
        return html.submit("grace", fields);
    }

    /** The end as the page gives it to machines; empty if only sign-ins are counted. */
    public Optional<String> until() {
        return attribute("time[data-mfa-time]", "datetime");
    }

    /** The sign-ins that are left; empty if only time is counted. */
    public Optional<String> skips() {
        return attribute("[data-mfa-skips]", "data-mfa-skips");
    }

    private Optional<String> attribute(String selector, String name) {
        return Optional.ofNullable(html.document().selectFirst(selector)).map(found -> found.attr(name));
    }

    @Override
    public String describe() {
        return "the grace page: " + html.describe();
    }
}
