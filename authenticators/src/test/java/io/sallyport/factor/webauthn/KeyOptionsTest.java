package io.sallyport.factor.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What browsers are asked for, in the JSON form of WebAuthn Level 3. */
final class KeyOptionsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final KeyOptions.Question QUESTION =
            new KeyOptions.Question(SoftKey.CHALLENGE, Duration.ofSeconds(90));
    private static final KeyOptions.Known KNOWN = new KeyOptions.Known(SoftKey.utf8("one"), List.of("usb", "nfc"));
    private static final KeyOptions.Known SILENT = new KeyOptions.Known(SoftKey.utf8("two"), List.of());

    @Test
    void aSignatureIsAskedOfTheseKeysOnly() throws JsonProcessingException {
        JsonNode options = JSON.readTree(
                KeyOptions.request(SoftKey.PARTY, QUESTION, KeyPolicy.Preference.REQUIRED, List.of(KNOWN, SILENT)));

        assertThat(options).isEqualTo(JSON.readTree("""
                {"challenge": "%s", "timeout": 90000, "rpId": "example.org", "userVerification": "required",
                 "allowCredentials": [
                   {"type": "public-key", "id": "b25l", "transports": ["usb", "nfc"]},
                   {"type": "public-key", "id": "dHdv"}]}""".formatted(SoftKey.CHALLENGE.base64Url())));
    }

    @Test
    void aNewKeyIsAskedForAsTheRealmWantsIt() throws JsonProcessingException {
        JsonNode options = creation(Optional.of("cross-platform"), KeyPolicy.Preference.REQUIRED, List.of(KNOWN));

        assertThat(options)
                .isEqualTo(JSON.readTree("""
                {"rp": {"id": "example.org", "name": "Example"},
                 "user": {"id": "%s", "name": "ada", "displayName": "Ada"},
                 "challenge": "%s",
                 "pubKeyCredParams": [{"type": "public-key", "alg": -8}, {"type": "public-key", "alg": -7}],
                 "timeout": 90000,
                 "excludeCredentials": [{"type": "public-key", "id": "b25l", "transports": ["usb", "nfc"]}],
                 "authenticatorSelection": {"authenticatorAttachment": "cross-platform", "residentKey": "required",
                   "requireResidentKey": true, "userVerification": "discouraged"},
                 "attestation": "direct"}""".formatted(SoftKey.USER.base64Url(), SoftKey.CHALLENGE.base64Url())));
    }

    @Test
    void whatTheRealmDoesNotWantIsNotAskedFor() throws JsonProcessingException {
        JsonNode options = creation(Optional.empty(), KeyPolicy.Preference.PREFERRED, List.of());

        assertThat(options.path("authenticatorSelection").has("authenticatorAttachment"))
                .isFalse();
        assertThat(options.path("authenticatorSelection").path("residentKey").asText())
                .isEqualTo("preferred");
        assertThat(options.path("authenticatorSelection")
                        .path("requireResidentKey")
                        .asBoolean(true))
                .isFalse();
        assertThat(options.path("excludeCredentials")).isEmpty();
    }

    private static JsonNode creation(
            Optional<String> attachment, KeyPolicy.Preference resident, List<KeyOptions.Known> exclude)
            throws JsonProcessingException {
        KeyPolicy policy = new KeyPolicy(
                KeyPolicy.Preference.DISCOURAGED,
                new LinkedHashSet<>(List.of(-8L, -7L)),
                KeyPolicy.Conveyance.DIRECT,
                attachment,
                Set.of());
        return JSON.readTree(KeyOptions.creation(
                new Registration(SoftKey.PARTY, policy, AttestationTrust.nobody(), id -> false),
                "Example",
                new KeyOptions.Owner(SoftKey.USER, "ada", "Ada"),
                QUESTION,
                resident,
                exclude));
    }
}
