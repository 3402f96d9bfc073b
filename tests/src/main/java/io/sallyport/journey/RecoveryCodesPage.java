package io.sallyport.journey;

import java.util.List;
import java.util.Map;

/** Our page that shows the recovery codes, once. */
public record RecoveryCodesPage(Html html) implements Page {

    /** The codes as they are printed. */
    public List<String> codes() {
        return html.document().select("#mfa-codes li").eachText();
    }

    /** Says "I have saved them". */
    public Page confirm() {
        return html.submit("saved", Map.of("saved", "on"));
    }

    @Override
    public String describe() {
        return "the recovery codes page";
    }
}
