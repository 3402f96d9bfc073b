package io.sallyport.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A server that runs in production, and that nobody has told its own name. */
final class ProductionIT {

    private static final String ORIGIN = "https://login.example.org";
    private static final Pattern SCRIPT = Pattern.compile("src=\"([^\"]+/)mfa-admin\\.js\"");

    private static final KeycloakServer SERVER = SharedServer.start(
            "journey-production", List.of(ServerPlan.PRODUCTION, "--http-enabled=true", "--hostname-strict=false"));

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    @DisplayName("The scripts of the screens in the admin console come compressed")
    void theScreensComeCompressed() throws IOException, InterruptedException {
        MfaRealm realm = MfaRealm.stock(SERVER);
        realm.change(Map.of("adminTheme", "mfa"));
        Matcher page = SCRIPT.matcher(
                new String(get("/admin/" + realm.name() + "/console/").body(), UTF_8));
        assertThat(page.find()).isTrue();

        HttpResponse<byte[]> script = get(page.group(1) + "form.js");

        assertThat(script.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(script.body().length).isLessThan(6_000);
    }

    private static HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(SERVER.address().resolve(path));
        if (path.endsWith(".js")) {
            request.header("Accept-Encoding", "gzip");
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    @DisplayName("WA-02: without a configured origin there are no keys, as the log says once; with one there are")
    void withoutAnOriginThereAreNoKeys() {
        MfaRealm realm = MfaRealm.setUp(SERVER, Map.of("mfa.methods", "WEBAUTHN,TOTP"), Rules.FOR_ALL);
        Member member = realm.member(List.of(
                SecurityKey.at("http://localhost:" + SERVER.address().getPort()).asStored("webauthn", 0)));

        for (int i = 0; i < 2; i++) {
            assertThat(realm.password(new Browser(), realm.web().signIn(), realm.newcomer()))
                    .isInstanceOf(EnrollTotpPage.class);
        }
        assertThat(realm.password(new Browser(), realm.web().signIn(), member))
                .isNotInstanceOf(KeyPage.class)
                .isNotInstanceOf(Arrived.class);
        assertThat(SERVER.log().lines())
                .filteredOn(line -> line.contains("Realm " + realm.name() + " has no origin for passkeys"))
                .hasSize(1);

        SettingsApi.of(realm)
                .change(Map.of("mfa.methods", "WEBAUTHN", "mfa.webauthn.origins", ORIGIN))
                .expect(200);

        KeyPage enroll = realm.password(new Browser(), realm.web().signIn(), realm.newcomer())
                .as(KeyPage.class);
        assertThat(enroll.options().path("rp").path("id").asText()).isEqualTo("login.example.org");
        KeyPage refused = enroll.answer(
                        SecurityKey.at("http://localhost:" + SERVER.address().getPort())
                                .create(enroll.options()),
                        "key")
                .as(KeyPage.class);
        assertThat(refused.answer(SecurityKey.at(ORIGIN).create(refused.options()), "key"))
                .isInstanceOf(RecoveryCodesPage.class);
    }
}
