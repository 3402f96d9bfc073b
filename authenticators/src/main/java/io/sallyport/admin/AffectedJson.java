package io.sallyport.admin;

import io.sallyport.population.Person;
import io.sallyport.population.simulation.Affected;
import java.util.LinkedHashMap;
import java.util.Map;

/** One affected user as answers of a simulation show him. */
final class AffectedJson {

    private AffectedJson() {}

    static Map<String, Object> of(Affected affected) {
        Person person = affected.person();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("user", person.facts().userId());
        map.put("username", person.username());
        map.put("before", affected.before().text());
        map.put("after", affected.after().text());
        map.put("administrator", person.administrator());
        map.put("break_glass", person.breakGlass());
        return map;
    }
}
