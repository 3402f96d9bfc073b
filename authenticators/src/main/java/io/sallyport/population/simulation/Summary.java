package io.sallyport.population.simulation;

import io.sallyport.population.Page;
import io.sallyport.population.Person;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The numbers of a simulation; "must enroll" and "refused" are those who need not, or are not, now. */
final class Summary {

    private final List<String> warnings;
    private final Tally before = new Tally();
    private final Tally after = new Tally();
    private final Tally affected = new Tally();
    private final Tally administrators = new Tally();
    private final Tally breakGlass = new Tally();
    private final Map<String, Integer> changes = new LinkedHashMap<>();
    private int users;
    private int otherTerms;
    private int disabled;
    private int serviceAccounts;

    Summary(List<String> warnings) {
        this.warnings = new ArrayList<>(warnings);
    }

    void add(Page page) {
        disabled += page.disabled();
        serviceAccounts += page.serviceAccounts();
    }

    /** Counts one person, who need not be affected. */
    void add(Affected one, boolean sameTerms) {
        users++;
        before.add(one.before());
        after.add(one.after());
        if (one.before() == one.after()) {
            otherTerms += sameTerms ? 0 : 1;
            return;
        }
        changes.merge(one.before().text() + "_to_" + one.after().text(), 1, Integer::sum);
        affected.add(one.after());
        Person person = one.person();
        if (person.administrator()) {
            administrators.add(one.after());
        }
        if (person.breakGlass()) {
            breakGlass.add(one.after());
        }
    }

    Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("users", users);
        map.put("disabled", disabled);
        map.put("service_accounts", serviceAccounts);
        map.put("before", before.asMap());
        map.put("after", after.asMap());
        map.put("changes", changes);
        map.put("other_terms", otherTerms);
        map.putAll(strained(affected));
        map.put("administrators", strained(administrators));
        map.put("break_glass", strained(breakGlass));
        map.put("warnings", warnings);
        return map;
    }

    private static Map<String, Object> strained(Tally tally) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("must_enroll", tally.of(Verdict.ENROLL));
        map.put("refused", tally.of(Verdict.DENY));
        return map;
    }
}
