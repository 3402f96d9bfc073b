package io.sallyport.form;

import io.sallyport.policy.PolicyDecision;
import io.sallyport.verify.Assessment;
import io.sallyport.verify.TrustedDevice;
import io.sallyport.verify.TrustedDevices;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.device.DeviceRepresentationProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.Urls;
import org.keycloak.utils.SecureContextResolver;

/** The cookie by which a browser says that its user trusts it, and the box on the page that asks for it. */
public final class DeviceTrust {

    private static final String COOKIE = "MFA_DEVICE";
    private static final String BOX = "trust";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final TrustedDevices devices;

    /** The trust of one user in the browser of this request. */
    public DeviceTrust(KeycloakSession session, RealmModel realm, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.user = user;
        this.devices = new TrustedDevices(session, realm);
    }

    /** The browser, if its user trusts it and that is enough for this decision. */
    public Optional<TrustedDevice> recognized(PolicyDecision decision) {
        return cookie().flatMap(token -> decision instanceof PolicyDecision.Challenge challenge
                ? devices.recognize(user, challenge, token)
                : Optional.empty());
    }

    /** Id of this browser among those that the user trusts; empty if it is none of them. */
    public Optional<String> thisOne() {
        return cookie().flatMap(token -> devices.idOf(user, token));
    }

    /** Trusts the browser if the user wants it and has just passed. */
    public void take(PostedForm posted, Assessment assessment) {
        if (posted.has(BOX)) {
            devices.trust(user, assessment, browser(), cookie()).ifPresent(this::set);
        }
    }

    /** For how many days the box offers it; 0 if there is no box. */
    long offeredDays() {
        return devices.life().toDays();
    }

    private Optional<String> cookie() {
        Cookie cookie = session.getContext()
                .getHttpRequest()
                .getHttpHeaders()
                .getCookies()
                .get(COOKIE);
        return Optional.ofNullable(cookie)
                .map(Cookie::getValue)
                .filter(token -> TOKEN.matcher(token).matches());
    }

    private void set(String token) {
        URI base = session.getContext().getUri().getBaseUri();
        session.getContext()
                .getHttpResponse()
                .setCookieIfAbsent(new NewCookie.Builder(COOKIE)
                        .value(token)
                        .path(Urls.realmBase(base).path(realm.getName()).build().getRawPath() + "/")
                        .maxAge(Math.toIntExact(devices.life().toSeconds()))
                        .secure(SecureContextResolver.isSecureContext(session))
                        .httpOnly(true)
                        .sameSite(NewCookie.SameSite.LAX)
                        .build());
    }

    /** Name and system are enough to know it again in a list; the whole agent string would tell much more. */
    private String browser() {
        return Optional.ofNullable(
                        session.getProvider(DeviceRepresentationProvider.class).deviceRepresentation())
                .map(device -> device.getBrowser().split("/", -1)[0] + ", " + device.getOs())
                .map(text -> text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", " "))
                .orElse("");
    }
}
