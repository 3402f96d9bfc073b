package io.sallyport.journey;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Every way to a token that this house knows, each with a client that may go it: the rows of the table of grants. */
final class GrantTable {

    private static final String GRANT = "urn:ietf:params:oauth:grant-type:";
    private static final String TYPE = "urn:ietf:params:oauth:token-type:";

    private final PostgresServer server;
    private final MfaRealm realm;
    private final List<GrantRow> rows = new ArrayList<>();

    private GrantTable(PostgresServer server, MfaRealm realm) {
        this.server = server;
        this.realm = realm;
    }

    static List<GrantRow> in(PostgresServer server, MfaRealm realm) {
        GrantTable table = new GrantTable(server, realm);
        table.codes();
        table.refreshes();
        table.devices();
        table.exchanges();
        table.words();
        table.permissions();
        table.add(
                "client_credentials",
                "",
                GrantKind.MACHINE,
                guest -> () -> realm.backend().grant(Map.of("grant_type", "client_credentials", "scope", "openid")));
        table.add("password", "with a code", GrantKind.CODE, guest -> () -> password(guest));
        return table.rows;
    }

    private void codes() {
        add("authorization_code", "another client", GrantKind.SESSION, guest -> guest.code(realm.shop(), Map.of()));
        add(
                "authorization_code",
                "offline_access",
                GrantKind.SESSION,
                guest -> guest.code(realm.shop(), Map.of("scope", "openid offline_access")));
        OidcClient light = client("light", Map.of("client.use.lightweight.access.token.enabled", "true"));
        add("authorization_code", "lightweight", GrantKind.SESSION, guest -> guest.code(light, Map.of()));
        add("refresh_token", "lightweight", GrantKind.REFRESH, refresh(light));
    }

    private void refreshes() {
        add("refresh_token", "", GrantKind.REFRESH, refresh(realm.web()));
        add("refresh_token", "with less scope", GrantKind.REFRESH, guest -> {
            String token = guest.tokens(realm.web()).refresh().orElseThrow();
            return () ->
                    realm.web().grant(Map.of("grant_type", "refresh_token", "refresh_token", token, "scope", "openid"));
        });
        add("refresh_token", "offline", GrantKind.REFRESH, guest -> {
            Tokens tokens = guest.code(realm.web(), Map.of("scope", "openid offline_access"))
                    .get()
                    .tokens();
            return () -> realm.web().refresh(tokens.refresh().orElseThrow());
        });
        OidcClient bound = client("bound", Map.of("dpop.bound.access.tokens", "true"));
        rows.add(new GrantRow("refresh_token", "bound to a key", GrantKind.REFRESH, false, guest -> {
            DpopKey key = DpopKey.fresh();
            SignIn signIn = bound.signIn();
            Tokens tokens = signIn.redeem(guest.browser().open(signIn.address()), key.proof(bound.endpoint("token")))
                    .tokens();
            return () -> bound.grant(
                    Map.of(
                            "grant_type",
                            "refresh_token",
                            "refresh_token",
                            tokens.refresh().orElseThrow()),
                    key.proof(bound.endpoint("token")));
        }));
    }

    private void devices() {
        add(GRANT + "device_code", "", GrantKind.SESSION, guest -> {
            Reply begun = realm.backend().post("auth/device", Map.of("scope", "openid"), Map.of());
            String code = begun.expect(200).json().path("device_code").asText();
            String address = begun.json().path("verification_uri_complete").asText();
            OtherPage consent = guest.browser().open(URI.create(address)).as(OtherPage.class);
            consent.html().submit("accept", Map.of("accept", "Yes"));
            return () -> realm.backend().grant(Map.of("grant_type", GRANT + "device_code", "device_code", code));
        });
        OidcClient ciba = confidential("ciba", Map.of("oidc.ciba.grant.enabled", "true"));
        add("urn:openid:params:grant-type:ciba", "", GrantKind.WORD, guest -> {
            Reply begun = ciba.post(
                    "ext/ciba/auth",
                    Map.of("scope", "openid", "login_hint", guest.member().username()),
                    Map.of());
            String request = begun.expect(200).json().path("auth_req_id").asText();
            server.consentOnTheDevice(realm);
            return () -> ciba.grant(Map.of("grant_type", "urn:openid:params:grant-type:ciba", "auth_req_id", request));
        });
    }

    private void exchanges() {
        OidcClient renewing = confidential(
                "renewing",
                Map.of(
                        "standard.token.exchange.enabled",
                        "true",
                        "standard.token.exchange.enableRefreshRequestedTokenType",
                        "SAME_SESSION"));
        add(GRANT + "token-exchange", "standard", GrantKind.SESSION, exchange(realm.backend(), Map.of()));
        add(
                GRANT + "token-exchange",
                "standard, for a refresh token",
                GrantKind.SESSION,
                exchange(renewing, Map.of("requested_token_type", TYPE + "refresh_token")));
        rows.add(new GrantRow(
                GRANT + "token-exchange",
                "standard, for an ID token",
                GrantKind.SESSION,
                false,
                exchange(realm.backend(), Map.of("requested_token_type", TYPE + "id_token"))));
        OidcClient legacy = confidential("legacy", Map.of());
        add(GRANT + "token-exchange", "legacy", GrantKind.SESSION, exchange(legacy, Map.of()));
        Member impersonator = realm.enrolled();
        Roles.of(realm).grant(impersonator.id(), "impersonation");
        String power = legacy.password(
                        impersonator.username(),
                        Member.PASSWORD,
                        impersonator.phone().nextCode())
                .tokens()
                .access();
        add(
                GRANT + "token-exchange",
                "legacy, as somebody else",
                GrantKind.WORD,
                guest -> () -> legacy.grant(Map.of(
                        "grant_type",
                        GRANT + "token-exchange",
                        "subject_token",
                        power,
                        "requested_subject",
                        guest.member().username())));
    }

    private void words() {
        Issuer issuer = Issuer.trustedBy(realm);
        add(GRANT + "jwt-bearer", "", GrantKind.WORD, guest -> {
            issuer.knows(guest.member());
            return () -> issuer.client()
                    .grant(Map.of(
                            "grant_type",
                            GRANT + "jwt-bearer",
                            "scope",
                            "openid",
                            "assertion",
                            issuer.assertionFor(guest.member())));
        });
        Wallet wallet = Wallet.in(realm);
        rows.add(new GrantRow(GRANT + "pre-authorized_code", "", GrantKind.WORD, false, guest -> {
            String code =
                    wallet.offer(guest.member(), guest.tokens(wallet.client()).access());
            return () -> wallet.client()
                    .grant(Map.of("grant_type", GRANT + "pre-authorized_code", "pre-authorized_code", code));
        }));
    }

    private void permissions() {
        String id = realm.addClient(
                "resources",
                Map.of(
                        "secret", "resources-secret",
                        "serviceAccountsEnabled", true,
                        "authorizationServicesEnabled", true));
        String things = realm.name() + "/clients/" + id + "/authz/resource-server/";
        realm.admin().post(things + "resource", Map.of("name", "a thing"));
        realm.admin().post(things + "policy/time", Map.of("name", "always", "notBefore", "2020-01-01 00:00:00"));
        realm.admin()
                .post(
                        things + "permission/resource",
                        Map.of("name", "may use it", "resources", List.of("a thing"), "policies", List.of("always")));
        add(GRANT + "uma-ticket", "", GrantKind.SESSION, guest -> {
            String bearer = guest.tokens(realm.backend()).access();
            return () -> realm.backend()
                    .grant(
                            Map.of("grant_type", GRANT + "uma-ticket", "audience", "resources"),
                            Map.of("Authorization", "Bearer " + bearer));
        });
    }

    private static TokenReply password(Guest guest) {
        Member member = guest.member();
        boolean alone = guest.standing() == Standing.UNASKED || guest.standing() == Standing.UNPROVEN;
        OidcClient backend = guest.realm().backend();
        return alone
                ? backend.password(member.username(), Member.PASSWORD)
                : backend.password(
                        member.username(), Member.PASSWORD, member.phone().nextCode());
    }

    private static Function<Guest, Supplier<TokenReply>> refresh(OidcClient client) {
        return guest -> {
            String token = guest.tokens(client).refresh().orElseThrow();
            return () -> client.refresh(token);
        };
    }

    private static Function<Guest, Supplier<TokenReply>> exchange(OidcClient client, Map<String, String> more) {
        return guest -> {
            Map<String, String> form = new HashMap<>(more);
            form.put("grant_type", GRANT + "token-exchange");
            form.put("scope", "openid");
            form.put("subject_token", guest.tokens(client).access());
            form.put("subject_token_type", TYPE + "access_token");
            return () -> client.grant(form);
        };
    }

    private void add(String grant, String name, GrantKind kind, Function<Guest, Supplier<TokenReply>> prepare) {
        rows.add(new GrantRow(grant, name, kind, prepare));
    }

    private OidcClient client(String id, Map<String, String> attributes) {
        realm.addClient(id, Map.of("publicClient", true, "attributes", attributes));
        return new OidcClient(realm.address(), id, Optional.empty(), MfaRealm.CALLBACK);
    }

    private OidcClient confidential(String id, Map<String, String> attributes) {
        realm.addClient(id, Map.of("secret", id + "-secret", "attributes", attributes));
        return new OidcClient(realm.address(), id, Optional.of(id + "-secret"), MfaRealm.CALLBACK);
    }
}
