package io.sallyport.admin;

import io.sallyport.json.Problem;
import io.sallyport.verify.TrustedDevice;
import io.sallyport.verify.TrustedDevices;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code …/mfa/users/{id}/devices}: the browsers that one user trusts. */
public final class UserDevicesResource {

    private final UserCall call;

    UserDevicesResource(UserCall call) {
        this.call = call;
    }

    /** Those that are trusted still, newest first. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Response list() {
        return call.seen(user -> Map.of(
                "devices",
                new TrustedDevices(call.session(), call.realm())
                        .of(user).stream().map(UserDevicesResource::view).toList()));
    }

    /** Ends the trust in all of them. */
    @DELETE
    @Produces(MediaType.APPLICATION_JSON)
    public Response endAll(@QueryParam("reason") @Nullable String reason) {
        return call.changed(Permission.RESET, reason, (desk, user) -> Map.of("ended", desk.endTrust(user)));
    }

    /** Ends the trust in one of them. */
    @DELETE
    @Path("{device_id}")
    @Produces(MediaType.APPLICATION_JSON)
    public Response end(@PathParam("device_id") String deviceId, @QueryParam("reason") @Nullable String reason) {
        return call.changed(Permission.RESET, reason, (desk, user) -> {
            if (!desk.endTrust(user, deviceId)) {
                throw Problem.NOT_FOUND.exception(
                        call.session(), List.of("there is no such trusted browser of this user"));
            }
            return Map.of("ended", 1);
        });
    }

    private static Map<String, Object> view(TrustedDevice device) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("device_id", device.id());
        view.put("label", device.label());
        view.put("since", device.since().toString());
        view.put("until", device.until().toString());
        device.lastUsedAt().ifPresent(time -> view.put("last_used_at", time.toString()));
        return view;
    }
}
