package io.sallyport.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;

/** What a token must say after a password and a TOTP code. */
final class ClaimsCheck {

    private static final long TOLERANCE_SECONDS = 60;

    private final Report report;
    private final Clock clock;

    ClaimsCheck(Report report, Clock clock) {
        this.report = report;
        this.clock = clock;
    }

    void check(JsonNode claims) {
        long time = claims.path("mfa_time").asLong();
        long end = claims.path("mfa_exp").asLong();
        report.show(claims.toPrettyString());
        report.check("mfa_verified", claims.path("mfa_verified"), BooleanNode.TRUE);
        report.check("mfa_method", claims.path("mfa_method").asText(), "TOTP");
        report.check("acr", claims.path("acr").asText(), "mfa");
        report.check("amr", amr(claims), Set.of("pwd", "otp", "mfa"));
        report.check("mfa_time is now", Math.abs(clock.instant().getEpochSecond() - time) < TOLERANCE_SECONDS, true);
        report.check("mfa_exp is after mfa_time", end > time, true);
        report.check("exp is not after mfa_exp", claims.path("exp").asLong() <= end, true);
    }

    private static Set<String> amr(JsonNode claims) {
        Set<String> values = new TreeSet<>();
        claims.path("amr").forEach(value -> values.add(value.asText()));
        return values;
    }
}
