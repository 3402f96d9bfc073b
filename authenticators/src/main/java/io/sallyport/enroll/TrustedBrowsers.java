package io.sallyport.enroll;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Trail;
import io.sallyport.form.DeviceTrust;
import io.sallyport.form.PageAction;
import io.sallyport.form.PostedForm;
import io.sallyport.form.ShownTime;
import io.sallyport.verify.Concerning;
import io.sallyport.verify.TrustedDevice;
import io.sallyport.verify.TrustedDevices;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;

/** The list of the browsers that a user trusts, where he ends it; that takes no proof, since it can only make things safer. */
final class TrustedBrowsers implements PageAction {

    private static final String END = "end";
    private static final String END_ALL = "end-all";
    private static final String DONE = "done";

    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        // nobody must look at it
    }

    @Override
    public void answer(RequiredActionContext context) {
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
    }

    @Override
    public void show(RequiredActionContext context) {
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
        return Concerning.user(context.getSession(), context.getRealm(), context.getUser(), MfaEventType.DEVICE_ENDED)
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
}
