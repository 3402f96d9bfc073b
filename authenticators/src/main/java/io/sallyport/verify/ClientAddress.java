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

    private ClientAddress() {}

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
