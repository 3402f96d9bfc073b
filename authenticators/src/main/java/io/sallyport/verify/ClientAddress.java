package io.sallyport.verify;

import io.sallyport.policy.NetworkAddress;
import io.sallyport.policy.address.ForwardedHops;
import io.sallyport.policy.address.StrictAddresses;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.inject.spi.CDI;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The address of the client of a request.
 *
 * <p>With Keycloak's {@code proxy-headers} set, {@code ClientConnection.getRemoteAddr()} is the left-most forwarded hop
 * (Keycloak 26.7), which the client writes itself; so the connection's own peer and the raw header are looked at.
 */
final class ClientAddress {

    private static final String UNTOLD = "untold";
    /** RFC 6177 §2: a single household or site has at least that much, and any address in it at will. */
    private static final int SITE = 64;

    private ClientAddress() {}

    /**
     * What the client's messages are counted by: its address, of IPv6 the /64. Who hides it behind a malformed header is
     * counted with his like; where no proxies are known, nobody's address is, and nothing is counted.
     */
    static Optional<String> counted(KeycloakSession session, RealmModel realm) {
        boolean told =
                !RealmSettings.of(session, realm).get(Setting.NETWORK_PROXIES).isEmpty();
        return of(session, realm).map(ClientAddress::site).or(() -> told ? Optional.of(UNTOLD) : Optional.empty());
    }

    static String site(NetworkAddress address) {
        return address.prefix(SITE).text();
    }

    /** The client's address; empty if it can't be told. */
    static Optional<NetworkAddress> of(KeycloakSession session, RealmModel realm) {
        Optional<String> proxyHeaders = ConfigProvider.getConfig().getOptionalValue("kc.proxy-headers", String.class);
        try {
            if (proxyHeaders.isEmpty()) {
                return Optional.ofNullable(session.getContext().getConnection().getRemoteAddr())
                        .flatMap(StrictAddresses::address);
            }
            boolean rfc7239 = proxyHeaders.get().equals("forwarded");
            List<String> header = Optional.ofNullable(session.getContext()
                            .getHttpRequest()
                            .getHttpHeaders()
                            .getRequestHeader(rfc7239 ? "Forwarded" : "X-Forwarded-For"))
                    .orElse(List.of());
            return ForwardedHops.client(
                    peer(), header, rfc7239, RealmSettings.of(session, realm).get(Setting.NETWORK_PROXIES));
        } catch (ContextNotActiveException outsideOfARequest) {
            return Optional.empty();
        }
    }

    private static Optional<NetworkAddress> peer() {
        SocketAddress peer = CDI.current()
                .select(RoutingContext.class)
                .get()
                .request()
                .connection()
                .remoteAddress();
        return Optional.ofNullable(peer).map(SocketAddress::hostAddress).flatMap(StrictAddresses::address);
    }
}
