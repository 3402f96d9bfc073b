package io.sallyport.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An application whose clock is not the issuer's. */
final class ClocksTest {

    private static final Instant ISSUED = Instant.parse("2026-03-01T12:00:00Z");
    private static final int CLAIM_TTL = 180;

    private final Payer payer = new Payer();

    @AfterEach
    void close() {
        payer.close();
    }

    @ParameterizedTest(name = "leeway {0} s, clock {1} s after the token was issued: {2}")
    @DisplayName("CLM-04: clocks may be apart by the leeway, which is at most 60 s, and by no second more")
    @CsvSource({
        "30, -30, true",
        "30, -31, false",
        "30, 0, true",
        "30, 180, true",
        "30, 209, true",
        "30, 210, false",
        "60, -60, true",
        "60, -61, false",
        "60, 239, true",
        "60, 240, false",
        "0, 0, true",
        "0, -1, false",
        "0, 179, true",
        "0, 180, false"
    })
    void ofTheToken(int leeway, int seconds, boolean accepted) {
        Outcome outcome = at(leeway, seconds, CLAIM_TTL);

        if (accepted) {
            assertThat(outcome).isInstanceOf(Outcome.Approved.class);
        } else {
            Payer.assertRefused(outcome, Refusal.Kind.UNAUTHENTICATED);
            assertThat(payer.realm.asked).isEmpty();
        }
    }

    @ParameterizedTest(name = "leeway {0} s, clock {1} s after the proof: {2}")
    @DisplayName("CLM-04: the end of a proof is held to the same leeway, in a token that lives on")
    @CsvSource({"30, 209, true", "30, 210, false", "60, 239, true", "60, 240, false"})
    void ofTheProof(int leeway, int seconds, boolean accepted) {
        Outcome outcome = at(leeway, seconds, 3600);

        if (accepted) {
            assertThat(outcome).isInstanceOf(Outcome.Approved.class);
        } else {
            Payer.assertRefused(outcome, Refusal.Kind.MFA_REQUIRED);
        }
    }

    /** What an application says whose clock shows so many seconds after the issue of a token that lives so long. */
    private Outcome at(int leeway, int seconds, int life) {
        payer.check = ApprovalCheck.of(
                payer.realm.settings("leeway", String.valueOf(leeway)),
                (confirmation, token, call) -> false,
                Clock.fixed(ISSUED.plusSeconds(seconds), ZoneOffset.UTC));
        return payer.checkWith(claims -> issue(claims, life));
    }

    private static void issue(JWTClaimsSet.Builder claims, int life) {
        claims.issueTime(Date.from(ISSUED))
                .expirationTime(Date.from(ISSUED.plusSeconds(life)))
                .claim("mfa_time", ISSUED.getEpochSecond())
                .claim("mfa_exp", ISSUED.plusSeconds(CLAIM_TTL).getEpochSecond());
    }
}
