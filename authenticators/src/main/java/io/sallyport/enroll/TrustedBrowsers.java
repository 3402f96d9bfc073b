package io.sallyport.enroll;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import io.sallyport.form.DeviceTrust;
import io.sallyport.form.PostedForm;
import io.sallyport.form.RefusalPage;
import io.sallyport.form.ShownTime;
import io.sallyport.verify.TrustedDevice;
import io.sallyport.verify.TrustedDevices;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;

/** The list of the browsers that a user trusts, where he ends it; that takes no proof, since it can only make things safer. */
final class TrustedBrowsers implements RequiredActionProvider {

    private static final String END = "end";
    private static final String END_ALL = "end-all";
    private static final String DONE = "done";

    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        // nobody must look at it
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        orRefuse(context, () -> show(context));
    }

    @Override
    public void processAction(RequiredActionContext context) {
        orRefuse(context, () -> {
            PostedForm posted = PostedForm.of(context.getHttpRequest());
            if (posted.has(DONE)) {
                context.success();
                return;
            }
            if (posted.has(END_ALL)) {
                endAll(context);
            }
            posted.text(END).ifPresent(id -> end(context, id));
            show(context);
        });
    }

    private static void show(RequiredActionContext context) {
        Locale locale = context.getSession().getContext().resolveLocale(context.getUser());
        Optional<String> thisOne =
                new DeviceTrust(context.getSession(), context.getRealm(), context.getUser()).thisOne();
        List<Map<String, Object>> shown = devices(context).of(context.getUser()).stream()
                .map(device -> view(device, locale, thisOne))
                .toList();
        context.challenge(
                context.form().setAttribute("mfa", Map.of("devices", shown)).createForm("mfa-devices.ftl"));
    }

    private static Map<String, Object> view(TrustedDevice device, Locale locale, Optional<String> thisOne) {
        Map<String, Object> view = new HashMap<>();
        view.put("id", device.id());
        view.put("label", device.label());
        view.put("since", ShownTime.of(device.since(), locale));
        view.put("until", ShownTime.of(device.until(), locale));
        device.lastUsedAt().ifPresent(time -> view.put("used", ShownTime.of(time, locale)));
        view.put("current", thisOne.filter(device.id()::equals).isPresent());
        return view;
    }

    private static void end(RequiredActionContext context, String id) {
        if (devices(context).end(context.getUser(), id)) {
            record(context, ended(context).with(Detail.DEVICE, id));
        }
    }

    private static void endAll(RequiredActionContext context) {
        if (devices(context).endAll(context.getUser().getId()) > 0) {
            record(context, ended(context));
        }
    }

    private static MfaEvent ended(RequiredActionContext context) {
        return MfaEvent.of(MfaEventType.DEVICE_ENDED, Outcome.SUCCESS)
                .user(context.getUser().getId())
                .client(Optional.of(
                        context.getAuthenticationSession().getClient().getClientId()))
                .session(context.getAuthenticationSession().getParentSession().getId());
    }

    private static void record(RequiredActionContext context, MfaEvent event) {
        Trail.record(context.getSession(), context.getRealm(), event);
    }

    private static TrustedDevices devices(RequiredActionContext context) {
        return new TrustedDevices(context.getSession(), context.getRealm());
    }

    private static void orRefuse(RequiredActionContext context, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException unavailable) {
            context.getSession().getTransactionManager().setRollbackOnly();
            context.challenge(RefusalPage.unavailable(context.form(), unavailable));
        }
    }

    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    /** A live session is enough, however old; added to the time of its sign-in it must still be an {@code int}. */
    @Override
    public int getMaxAuthAge(KeycloakSession session) {
        return Math.toIntExact(Duration.ofDays(365).toSeconds());
    }

    @Override
    public void close() {}
}
