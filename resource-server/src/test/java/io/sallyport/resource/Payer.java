package io.sallyport.resource;

import static io.sallyport.resource.FakeRealm.ACTION;
import static io.sallyport.resource.FakeRealm.PAYMENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.params.provider.Arguments;

/** Somebody who wants a payment run, and what comes of it. */
final class Payer implements AutoCloseable {

    final FakeRealm realm = new FakeRealm();
    ApprovalCheck check = ApprovalCheck.of(realm.settings());

    Outcome checkWith(Consumer<JWTClaimsSet.Builder> change) {
        JWTClaimsSet.Builder claims = realm.claims("approval-1", PAYMENT);
        change.accept(claims);
        return check(realm.sign(claims, header -> {}));
    }

    Outcome check(String token) {
        return check(call(token));
    }

    Outcome check(Call call) {
        return check.check(call, ACTION, () -> PAYMENT);
    }

    @Override
    public void close() {
        realm.close();
    }

    static void assertRefused(Outcome outcome, Refusal.Kind kind) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        no -> assertThat(no.refusal().kind())
                                .as(no.refusal().reason())
                                .isEqualTo(kind));
    }

    static Call call(String token) {
        return new Call("POST", "http://x", "", Map.of("Authorization", List.of("Bearer " + token)), List.of());
    }

    static long seconds(int from) {
        return Instant.now().plusSeconds(from).getEpochSecond();
    }

    static Date in(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    static Map<String, Object> with(String name, Object value) {
        Map<String, Object> details = new HashMap<>(PAYMENT);
        details.put(name, value);
        return details;
    }

    static Arguments claims(String name, Consumer<JWTClaimsSet.Builder> change) {
        return Arguments.of(name, change);
    }
}
