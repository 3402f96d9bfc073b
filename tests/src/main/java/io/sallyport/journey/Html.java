package io.sallyport.journey;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** A document in a browser, with its forms. */
public final class Html {

    // Where Keycloak's own login templates, and ours after them, put what went wrong.
    private static final String MESSAGES = ".kc-feedback-text, [id^=input-error], #kc-error-message .instruction";

    private final Browser browser;
    private final Reply reply;
    private final Document document;

    Html(Browser browser, Reply reply) {
        this.browser = browser;
        this.reply = reply;
        this.document = Jsoup.parse(reply.body(), reply.uri().toString());
    }

    /** The answer as it came. */
    public Reply reply() {
        return reply;
    }

    /** The parsed document. */
    public Document document() {
        return document;
    }

    /** What the page complains about; empty if it does not. */
    public String message() {
        return String.join(" ", new LinkedHashSet<>(document.select(MESSAGES).eachText()));
    }

    /** Where the form with this field is posted to. */
    public URI action(String field) {
        return URI.create(form(field).absUrl("action"));
    }

    String describe() {
        return reply.status() + " \"" + document.title() + "\" "
                + document.select("input[name]").eachAttr("name") + " " + message();
    }

    /** Our challenge page without a form: there is nothing to answer, only a way back to the beginning. */
    boolean isLocked() {
        return document.selectFirst("#mfa-start-again") != null;
    }

    boolean hasField(String name) {
        return findForm(name).isPresent();
    }

    /** The values that the fields of this name offer. */
    List<String> values(String name) {
        return document.select("input[name=" + name + "], select[name=" + name + "] option")
                .eachAttr("value");
    }

    /** Submits the form that has this field: what it holds already, and over it these values. */
    Page submit(String field, Map<String, String> values) {
        Map<String, String> all = new LinkedHashMap<>();
        for (Element input : form(field).select("input[name]:not([type=submit])")) {
            boolean choice = input.attr("type").matches("checkbox|radio");
            if (!choice || input.hasAttr("checked")) {
                all.put(input.attr("name"), input.val());
            }
        }
        all.putAll(values);
        return browser.submit(action(field), all);
    }

    private Element form(String field) {
        return findForm(field).orElseThrow(() -> new Unexpected("page", describe(), "a form with " + field));
    }

    private Optional<Element> findForm(String field) {
        return Optional.ofNullable(document.selectFirst("form:has([name=" + field + "])"));
    }
}
