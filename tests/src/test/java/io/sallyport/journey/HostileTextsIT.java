package io.sallyport.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people write stays what it is, a text: in rows, events, pages, files and logs. */
@Journey
final class HostileTextsIT {

    private static final String BEGIN = "bEgIn:";
    private static final String END = ":eNd";

    private final MfaRealm realm;
    private final SelfService calls;

    HostileTextsIT(KeycloakServer server) {
        this.realm = MfaRealm.setUp(server, Map.of(), Rules.FOR_ALL);
        this.calls = SelfService.of(realm);
    }

    static List<byte[]> agents() {
        List<byte[]> agents = new ArrayList<>();
        for (String text : List.of(
                "=1+1|cmd",
                "\"',\\${jndi:ldap://127.0.0.1/x}<script>{0}",
                "\u001b[2J\u0007\u0008",
                "\u0000",
                "\t@SUM(A1)",
                "\u009b31m\u0085\u2028\u2029\u202e\u2066\ufeff\u200b",
                "\ud83d\udd11",
                "\r\n =1")) { // folded, RFC 9112 §5.2
            agents.add(marked(text.getBytes(UTF_8)));
        }
        // half a character as some encode it, and what is no UTF-8 at all
        agents.add(marked((byte) 0xED, (byte) 0xA0, (byte) 0xBD));
        agents.add(marked((byte) 0xFF, (byte) 0xFE, (byte) 0x80, (byte) 0x9B));
        return agents;
    }

    @ParameterizedTest
    @MethodSource("agents")
    @DisplayName("AUD-04: whatever a client calls itself, it breaks nothing: row, page, NDJSON, CSV, event and log")
    void aUserAgentIsAText(byte[] agent) {
        Member member = realm.enrolled();
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.writeBytes("User-Agent: ".getBytes(UTF_8));
        header.writeBytes(agent);
        header.writeBytes("\r\n".getBytes(UTF_8));

        int status = RawCall.post(
                URI.create(realm.address() + "/protocol/openid-connect/token"),
                Map.of(
                        "grant_type",
                        "password",
                        "client_id",
                        "shop",
                        "username",
                        member.username(),
                        "password",
                        Member.PASSWORD,
                        "totp",
                        member.phone().wrongCode()),
                header.toByteArray());

        List<Audit.Row> rows = realm.audit().of(member.id());
        assertThat(status).as("no failure of ours").isBetween(400, 499);
        if (rows.isEmpty()) {
            assertThat(status).as("refused before anybody read it").isEqualTo(400);
        }
        rows.forEach(row -> assertOneLine(row.text("user_agent")));
        events(member)
                .forEach(event ->
                        assertOneLine(event.path("details").path("user_agent").asText()));
        assertFilesAreWhole();
        assertLogIsWhole();
    }

    @Test
    @DisplayName("AUD-04: what is no more than strange is kept")
    void strangeIsKept() {
        Member member = realm.enrolled();
        realm.shop()
                .grant(
                        Map.of(
                                "grant_type",
                                "password",
                                "username",
                                member.username(),
                                "password",
                                Member.PASSWORD,
                                "totp",
                                member.phone().wrongCode()),
                        Map.of("User-Agent", "=1+1;${jndi:ldap://127.0.0.1/x}<script>"));

        assertThat(realm.audit().of(member.id()))
                .singleElement()
                .satisfies(
                        row -> assertThat(row.text("user_agent")).isEqualTo("=1+1;${jndi:ldap://127.0.0.1/x}<script>"));
        assertFilesAreWhole();
    }

    /** As they stand in JSON. */
    static List<String> labels() {
        return List.of(
                "a\\u0000b",
                "a\\nb",
                "a\\u001bb",
                "a\\u0085b",
                "a\\u2028b",
                "a\\u2029b",
                "a\\u202eb",
                "a\\u2066b",
                "a\\ufeffb",
                "a\\ud83d",
                "\\udd11b",
                "\\u200d",
                "\\u200c\\u00a0\\u200d",
                "\\ufe0f\\u0301",
                "phone\\u3164",
                "x".repeat(65));
    }

    @ParameterizedTest
    @MethodSource("labels")
    @DisplayName("AUD-04: the label of a factor can't start a line, turn it, hide anything or be half a character")
    void aLabelIsALine(String label) {
        Member member = realm.enrolled();
        String token = calls.signIn(member).access();

        Reply refused =
                calls.send("POST", token, "auth/mfa/enroll", "{\"method\":\"TOTP\",\"label\":\"" + label + "\"}");

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.json().path("error").asText()).isEqualTo("INVALID_REQUEST");
        assertThat(realm.credentials(member)).containsExactlyInAnyOrder("otp", "password");
    }

    @Test
    @DisplayName(
            "AUD-04: nor by Keycloak's own calls, of the account and of the administration, which name a factor anew")
    void aLabelIsALineInKeycloaksOwnCallsToo() {
        Member member = realm.enrolled();
        String id = new HelpDesk(realm).factor(member);
        AccountApi account = AccountApi.of(realm, calls.signIn(member));

        for (String label : labels()) {
            assertRefused(account.labelJson(id, "\"" + label + "\""), 400, "invalid_label");
            String text = Json.read("\"" + label + "\"").asText();
            if (new String(text.getBytes(UTF_8), UTF_8).equals(text)) {
                assertRefused(relabel(member, id, text), 400, "invalid_label");
            }
        }
        assertRefused(account.label(id, "  "), 400, "invalid_label");

        assertThat(labelsOf(member)).containsExactly("phone");
        account.label(id, "PHONE").expect(200, 204);
        relabel(member, id, "Zoë's \ud83d\udc69\u200d\ud83d\udcbb").expect(200, 204);
        assertThat(labelsOf(member)).containsExactly("Zoë's \ud83d\udc69\u200d\ud83d\udcbb");
    }

    @Test
    @DisplayName("AUD-04: nobody gives a factor the name of another one, by whatever call")
    void aLabelIsOneFactors() {
        Member member = realm.enrolledWith("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");
        String id = new HelpDesk(realm).factor(member);
        AccountApi account = AccountApi.of(realm, calls.signIn(member));

        assertRefused(account.label(id, " SECOND phone "), 409, "label_taken");
        assertRefused(relabel(member, id, " second Phone"), 409, "label_taken");

        assertThat(labelsOf(member)).containsExactlyInAnyOrder("phone", "second phone");
    }

    private Reply relabel(Member member, String id, String label) {
        URI address = realm.address()
                .resolve("/admin/realms/" + realm.name() + "/users/" + member.id() + "/credentials/" + id
                        + "/userLabel");
        return Http.send(
                "PUT",
                address,
                "text/plain; charset=UTF-8",
                label,
                realm.admin().authorization());
    }

    private List<String> labelsOf(Member member) {
        return realm.admin()
                .get(realm.name() + "/users/" + member.id() + "/credentials")
                .findValuesAsText("userLabel");
    }

    private static void assertRefused(Reply reply, int status, String error) {
        assertThat(reply.status()).as(reply.request() + reply.body()).isEqualTo(status);
        assertThat(reply.body()).contains(error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "\\ud83d\\udc69\\u200d\\ud83d\\udcbb \\\"phone\\\"", "${jndi:x}<b>{0}"})
    @DisplayName("AUD-04: any other label is a name as good as another, and comes back as it was")
    void aStrangeLabelIsAName(String label) {
        Member member = realm.enrolled();
        String token = calls.signIn(member).access();
        JsonNode begun = calls.send(
                        "POST", token, "auth/mfa/enroll", "{\"method\":\"TOTP\",\"label\":\"" + label + "\"}")
                .expect(200)
                .json();
        calls.verify(
                        token,
                        Map.of(
                                "method",
                                "TOTP",
                                "enrollment_id",
                                begun.path("enrollment_id").asText(),
                                "code",
                                Phone.with(begun.path("secret_or_challenge")
                                                .path("secret")
                                                .asText())
                                        .nextCode()))
                .expect(200);

        String wanted = Json.read("\"" + label + "\"").asText();
        assertThat(labelsOf(member)).contains(wanted);
        assertFilesAreWhole();
        assertLogIsWhole();
    }

    private Iterable<JsonNode> events(Member member) {
        return realm.admin().get(realm.name() + "/events?user=" + member.id());
    }

    private void assertFilesAreWhole() {
        String lines = file("");
        assertThat(lines.lines())
                .allSatisfy(line -> assertThat(Json.read(line).isObject()).isTrue());
        String csv = file("?format=csv");
        Set<Integer> widths = new HashSet<>();
        csv.lines().forEach(line -> {
            List<String> cells = cells(line);
            widths.add(cells.size());
            assertThat(cells).noneMatch(cell -> !cell.isEmpty() && "=+-@\t".indexOf(cell.charAt(0)) >= 0);
        });
        assertThat(widths).hasSize(1);
    }

    /** RFC 4180 §2.5-7, with every cell quoted. */
    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            assertThat(line.charAt(at)).as("the beginning of a cell").isEqualTo('"');
            StringBuilder cell = new StringBuilder();
            int quote = line.indexOf('"', at + 1);
            while (line.startsWith("\"\"", quote)) {
                cell.append(line, at + 1, quote + 1);
                at = quote + 1;
                quote = line.indexOf('"', at + 1);
            }
            cells.add(cell.append(line, at + 1, quote).toString());
            at = quote + 1;
            assertThat(at == line.length() || line.charAt(at) == ',')
                    .as("the end of a cell")
                    .isTrue();
            at++;
        }
        return cells;
    }

    private String file(String query) {
        return realm.admin()
                .tryGet(realm.name() + "/mfa/audit/export" + query)
                .expect(200)
                .body();
    }

    /** A line that begins such a text ends it, too. */
    private void assertLogIsWhole() {
        realm.server().log().lines().filter(line -> line.contains(BEGIN)).forEach(line -> {
            assertThat(line).contains(END);
            assertOneLine(line);
        });
    }

    private static void assertOneLine(String text) {
        assertThat(text.codePoints().filter(HostileTextsIT::isHarmful).mapToObj(Integer::toHexString))
                .as(text)
                .isEmpty();
    }

    private static boolean isHarmful(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    private static byte[] marked(byte... text) {
        ByteArrayOutputStream marked = new ByteArrayOutputStream();
        marked.writeBytes(BEGIN.getBytes(UTF_8));
        marked.writeBytes(text);
        marked.writeBytes(END.getBytes(UTF_8));
        return marked.toByteArray();
    }
}
