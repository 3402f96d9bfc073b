package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** POL-04: nodes whose caches are local are not told of a change, and follow it all the same. */
@Tag("torture")
final class PolicyOnUntoldNodesIT {

    private static final int TRIES = 10;

    @Test
    @DisplayName("POL-04: the other node follows each change within the documented time")
    void theOtherNodeFollows() throws IOException {
        try (TwoNodes nodes = TwoNodes.local()) {
            MfaRealm realm = MfaRealm.setUp(nodes.first(), Map.of(), Rules.NONE);
            Policies policies = Policies.of(realm);
            Member member = realm.newcomer();
            OidcClient elsewhere = new OidcClient(
                    nodes.second().realm(realm.name()), "backend", Optional.of(MfaRealm.SECRET), MfaRealm.CALLBACK);
            String id = policies.create(Map.of("required", true))
                    .expect(201)
                    .json()
                    .path("id")
                    .asText();
            List<Duration> waits = new ArrayList<>();
            for (int version = 1; version <= TRIES; version++) {
                boolean required = version % 2 == 0;
                String state = required ? "ENFORCED" : "DISABLED";
                policies.update(id, Map.of("required", true, "state", state, "version", version))
                        .expect(200);
                long changed = System.nanoTime();
                long began = changed;
                while (elsewhere.password(member.username(), Member.PASSWORD).granted() == required) {
                    began = System.nanoTime();
                }
                waits.add(Duration.ofNanos(began - changed));
            }

            System.out.println("an untold node followed " + TRIES + " changes after " + waits);
            assertThat(waits).hasSize(TRIES);
        }
    }
}
