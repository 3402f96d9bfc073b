package io.sallyport.population.coverage;

import io.sallyport.policy.Method;
import java.util.EnumSet;
import java.util.Set;

/** What the database can tell of a state beforehand, so that nobody is judged in vain. */
final class Sieve {

    private final KnownRules rules;
    private final Set<Method> sure;

    /** By rules, and the methods that are in force in the realm. */
    Sieve(KnownRules rules, Set<Method> available) {
        this.rules = rules;
        this.sure = EnumSet.noneOf(Method.class);
        sure.addAll(available);
        sure.retainAll(rules.acceptedByAll());
    }

    /** Of users {@code u} all who are in this state, and perhaps others. */
    String where(State state) {
        return state == State.REQUIRED_MISSING && !sure.isEmpty() ? withoutSureFactor() : state.where();
    }

    /** Whoever has a factor that every rule takes lacks nothing, unless he has rules of his own. */
    private String withoutSureFactor() {
        String lacks = " not exists " + Columns.FACTOR + " and x.type in (" + Columns.types(sure) + "))";
        return rules.own() ? " and (" + lacks + " or" + Columns.OWN + ")" : " and" + lacks;
    }
}
