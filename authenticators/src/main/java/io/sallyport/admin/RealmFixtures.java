package io.sallyport.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.models.RealmModel;

/**
 * What a realm with MFA has beyond settings and rules: the roles, the gate, the enrollment action, the step before
 * linking, the acr value, the client scope of the claims.
 */
final class RealmFixtures {

    private final List<Fixture> all;

    RealmFixtures(RealmModel realm) {
        this.all = Stream.of(
                        List.<Fixture>of(new ManagementRoles(realm)),
                        OwnAction.of(realm),
                        List.<Fixture>of(
                                new StockEnrollment(realm),
                                new LinkStep(realm),
                                new AcrMap(realm),
                                new ClaimsScope(realm),
                                new FactorsScope(realm),
                                new ClaimsOfClients(realm)))
                .flatMap(List::stream)
                .toList();
    }

    /** Names of what set-up would put in place. */
    List<String> missing() {
        return all.stream().filter(Fixture::isMissing).map(Fixture::name).toList();
    }

    /** Puts it in place; tells what was missing. */
    List<String> putInPlace() {
        List<String> changed = new ArrayList<>();
        for (Fixture fixture : all) {
            if (fixture.isMissing()) {
                changed.add(fixture.name());
                fixture.putInPlace();
            }
        }
        return changed;
    }

    /** Names of what the undo of a set-up would take away. */
    List<String> present() {
        return all.stream().filter(Fixture::isThere).map(Fixture::name).toList();
    }

    /** Takes it away; tells what was there. The roles stay with their grants; the enrollment action is Keycloak's own. */
    List<String> takeAway() {
        List<String> changed = new ArrayList<>();
        for (Fixture fixture : all) {
            if (fixture.isThere()) {
                changed.add(fixture.name());
                fixture.takeAway();
            }
        }
        return changed;
    }
}
