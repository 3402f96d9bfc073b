package io.sallyport.verify;

import io.sallyport.factor.SecondFactors;
import io.sallyport.policy.Method;
import io.sallyport.policy.PolicyDecision;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The methods by which somebody could prove something now. */
public final class Usable {

    private final KeycloakSession session;
    private final RealmModel realm;

    /** In a realm. */
    public Usable(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** For a sign-in: what the user has and the policy takes, and what leads to enrolling another factor. */
    public Set<Method> forSignIn(Place place, UserModel user) {
        Set<Method> usable = EnumSet.noneOf(Method.class);
        usable.addAll(held(place, user));
        usable.addAll(new SecondFactors(session).lastResorts(realm, user));
        return Collections.unmodifiableSet(usable);
    }

    /** The factors that the user has and the policy takes here. */
    Set<Method> held(Place place, UserModel user) {
        PolicyDecision decision =
                new Assessments(session, realm).of(place.visit(session, user)).demanded();
        Set<Method> held = EnumSet.noneOf(Method.class);
        held.addAll(new SecondFactors(session).enrolled(realm, user));
        held.removeIf(method -> !decision.match(
                skip -> true, challenge -> challenge.proof().accepts(method), enroll -> false, deny -> false));
        return Collections.unmodifiableSet(held);
    }

    /** These without those. */
    public static Set<Method> without(Set<Method> these, Set<Method> those) {
        Set<Method> left = EnumSet.noneOf(Method.class);
        left.addAll(these);
        left.removeAll(those);
        return Collections.unmodifiableSet(left);
    }
}
