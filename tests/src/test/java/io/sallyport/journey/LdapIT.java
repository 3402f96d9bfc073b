package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People of a directory enroll and prove factors like everybody else, whether Keycloak imports them or not. */
@ExtendWith(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LdapIT {

    private static final String BASE = "dc=example,dc=org";

    private final KeycloakServer server;
    private InMemoryDirectoryServer directory;

    LdapIT(KeycloakServer server) {
        this.server = server;
    }

    @BeforeAll
    void start() throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig("ldap", InetAddress.getLoopbackAddress(), 0, null));
        config.addAdditionalBindCredentials("cn=reader", "reader");
        config.setSchema(null);
        directory = new InMemoryDirectoryServer(config);
        directory.add("dn: " + BASE, "objectClass: domain", "dc: example");
        directory.add("dn: ou=people," + BASE, "objectClass: organizationalUnit", "ou: people");
        directory.startListening();
    }

    @AfterAll
    void stop() {
        directory.shutDown(true);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("A person of the directory is made to enroll, proves the factor at the next sign-in, and keeps it")
    void aPersonOfTheDirectoryEnrolls(boolean imported) throws LDAPException, LDIFException {
        MfaRealm realm = MfaRealm.strict(server);
        connect(realm, imported);
        String name = add("ldap" + (imported ? "1" : "2"));
        SignIn first = realm.web().signIn();
        EnrollTotpPage enroll = login(new Browser(), first, name).as(EnrollTotpPage.class);
        Phone phone = Phone.with(enroll.secret());

        Page codes = enroll.confirm(phone.nextCode(), "phone");

        assertMfa(first.redeem(codes.as(RecoveryCodesPage.class).confirm()));
        SignIn second = realm.web().signIn();
        ChallengePage asked = login(new Browser(), second, name).as(ChallengePage.class);
        ChallengePage again = asked.answer(phone.wrongCode()).as(ChallengePage.class);
        assertMfa(second.redeem(again.answer(phone.nextCode())));
        assertThat(realm.backend().password(name, Member.PASSWORD).error()).isEqualTo("mfa_required");
    }

    @Test
    @DisplayName("WA-06: a key that a person of the directory had before the pack can't be registered by another")
    void aKeyOfAPersonOfTheDirectoryStaysHis() throws LDAPException, LDIFException {
        MfaRealm realm = MfaRealm.stock(server);
        connect(realm, false);
        String realmId = realm.admin().get(realm.name()).path("id").asText();
        String name = add("ldap3");
        String userId = realm.admin()
                .get(realm.name() + "/users?exact=true&username=" + name)
                .path(0)
                .path("id")
                .asText();
        assertThat(userId).startsWith("f:");
        SecurityKey key = SecurityKey.at("http://localhost:" + server.address().getPort());
        server.database()
                .update(
                        "INSERT INTO FED_USER_CREDENTIAL (ID, TYPE, CREDENTIAL_DATA, SECRET_DATA, USER_ID, REALM_ID,"
                                + " STORAGE_PROVIDER_ID, PRIORITY) VALUES (?, 'webauthn', ?, '{}', ?, ?, ?, 10)",
                        UUID.randomUUID().toString(),
                        key.asStored("webauthn", 0).get("credentialData"),
                        userId,
                        realmId,
                        userId.split(":", -1)[1]);
        realm.setUp(Map.of("mfa.methods", "WEBAUTHN"), Rules.FOR_ALL).expect(200);
        Member thief = realm.newcomer();
        KeyPage enroll =
                realm.password(new Browser(), realm.web().signIn(), thief).as(KeyPage.class);

        KeyPage refused = enroll.answer(key.create(enroll.options()), "mine").as(KeyPage.class);

        assertThat(refused.message()).isNotEmpty();
        assertThat(realm.credentials(thief)).doesNotContain("webauthn");
        SignIn signIn = realm.web().signIn();
        KeyPage ask = login(new Browser(), signIn, name).as(KeyPage.class);
        assertThat(ask.answer(key.get(ask.options()))).isInstanceOf(Arrived.class);
    }

    @Test
    @DisplayName("A person of the directory has several factors, none of them named")
    void factorsWithoutAName() throws LDAPException, LDIFException {
        MfaRealm realm = MfaRealm.setUp(server, Map.of("mfa.methods", "TOTP,WEBAUTHN"), Rules.FOR_ALL);
        connect(realm, false);
        String name = add("ldap4");
        SecurityKey key = SecurityKey.at("http://localhost:" + server.address().getPort());
        Browser browser = new Browser();
        EnrollTotpPage app = login(browser, realm.web().signIn(), name)
                .as(OtherPage.class)
                .html()
                .submit("enroll", Map.of("enroll", "TOTP"))
                .as(EnrollTotpPage.class);
        app.confirm(Phone.with(app.secret()).nextCode(), "")
                .as(RecoveryCodesPage.class)
                .confirm()
                .as(Arrived.class);

        KeyPage enroll = browser.open(realm.web()
                        .signIn(Map.of("kc_action", "webauthn-register"))
                        .address())
                .as(KeyPage.class);

        assertThat(enroll.answer(key.create(enroll.options()), "")).isInstanceOf(Arrived.class);
    }

    private static void assertMfa(TokenReply reply) {
        assertThat(reply.tokens().claims().path("mfa_method").asText()).isEqualTo("TOTP");
    }

    private static Page login(Browser browser, SignIn signIn, String name) {
        return browser.open(signIn.address()).as(LoginPage.class).signIn(name, Member.PASSWORD);
    }

    private String add(String name) throws LDAPException, LDIFException {
        directory.add(
                "dn: uid=" + name + ",ou=people," + BASE,
                "objectClass: inetOrgPerson",
                "objectClass: organizationalPerson",
                "objectClass: person",
                "objectClass: top",
                "uid: " + name,
                "cn: Test",
                "sn: Member",
                "givenName: Test",
                "mail: " + name + "@example.org",
                "entryUUID: " + UUID.randomUUID(),
                "userPassword: " + Member.PASSWORD);
        return name;
    }

    private void connect(MfaRealm realm, boolean imported) {
        Map<String, List<String>> config = new HashMap<>();
        config.put("vendor", List.of("other"));
        config.put("connectionUrl", List.of("ldap://127.0.0.1:" + directory.getListenPort()));
        config.put("bindDn", List.of("cn=reader"));
        config.put("bindCredential", List.of("reader"));
        config.put("authType", List.of("simple"));
        config.put("usersDn", List.of("ou=people," + BASE));
        config.put("usernameLDAPAttribute", List.of("uid"));
        config.put("rdnLDAPAttribute", List.of("uid"));
        config.put("uuidLDAPAttribute", List.of("entryUUID"));
        config.put("userObjectClasses", List.of("inetOrgPerson, organizationalPerson"));
        config.put("editMode", List.of("READ_ONLY"));
        config.put("importEnabled", List.of(String.valueOf(imported)));
        config.put("trustEmail", List.of("true"));
        realm.admin()
                .post(
                        realm.name() + "/components",
                        Map.of(
                                "name",
                                "directory",
                                "providerId",
                                "ldap",
                                "providerType",
                                "org.keycloak.storage.UserStorageProvider",
                                "config",
                                config));
    }
}
