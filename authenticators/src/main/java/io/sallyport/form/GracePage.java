package io.sallyport.form;

import io.sallyport.verify.GraceLeft;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.keycloak.forms.login.LoginFormsProvider;

/** The page that announces the second factor while enrolling may still be put off. */
public final class GracePage {

    private static final String FIELD = "grace";

    private GracePage() {}

    /** The page in this language. */
    public static Response show(LoginFormsProvider form, Locale locale, GraceLeft left) {
        Map<String, Object> mfa = new HashMap<>();
        left.until().ifPresent(end -> mfa.put("until", ShownTime.of(end, locale)));
        left.skips().ifPresent(skips -> mfa.put("skips", skips));
        return form.setAttribute("mfa", mfa).createForm("mfa-grace.ftl");
    }

    /** Whether the form is this page's. */
    public static boolean posted(PostedForm form) {
        return form.has(FIELD);
    }

    /** What the user chose; empty if it was neither. */
    public static Optional<Choice> choice(PostedForm form) {
        return form.text(FIELD).flatMap(text -> switch (text) {
            case "now" -> Optional.of(Choice.NOW);
            case "later" -> Optional.of(Choice.LATER);
            default -> Optional.empty();
        });
    }

    /** The buttons of the page. */
    public enum Choice {
        NOW,
        LATER
    }
}
