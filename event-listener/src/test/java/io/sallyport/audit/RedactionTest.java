package io.sallyport.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.event.Detail;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactionTest {

    @Test
    void listedDetailsPass() {
        Map<String, String> listed = Map.of(
                Detail.ENROLLMENT_ID,
                "e-1",
                Detail.LOCKED_UNTIL,
                "1767225600",
                Detail.SETTING,
                "mfa.claim.ttl",
                Detail.BEFORE,
                "300",
                Detail.AFTER,
                "60");

        assertThat(Redaction.details(listed)).isEqualTo(listed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "code",
                "otp",
                "totp",
                "secret",
                "password",
                "recovery_code",
                "token",
                "access_token",
                "phone",
                "phone_number",
                "username",
                "email",
                "credential_data",
                "mfa_ack",
                "ENROLLMENT_ID",
                "enrollment_id "
            })
    void aDetailThatIsNotListedIsDropped(String name) {
        assertThat(Redaction.details(Map.of(name, "493817"))).isEmpty();
    }

    @Test
    void whatPassesIsMadeHarmlessToo() {
        Map<String, String> details = new HashMap<>();
        details.put(Detail.ENROLLMENT_ID, "e\r\n\u001b[2J" + "x".repeat(1000));

        assertThat(Redaction.details(details).get(Detail.ENROLLMENT_ID))
                .startsWith("e   [2Jx")
                .hasSize(255);
    }
}
