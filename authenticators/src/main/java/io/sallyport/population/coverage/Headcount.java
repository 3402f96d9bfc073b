package io.sallyport.population.coverage;

import java.util.LinkedHashMap;
import java.util.Map;

/** How many people stand where. */
public final class Headcount {

    private static final double HUNDREDTHS = 100.0;

    private long users;
    private long enrolled;
    private long required;
    private long satisfied;
    private long refused;
    private long somewhere;
    private long satisfiedSomewhere;
    private long exempt;
    private long locked;
    private long inGrace;
    private long smsOnly;
    private long phishingResistant;

    void add(Judgement standing, boolean isLocked, long count) {
        users += count;
        enrolled += standing.enrolled() ? count : 0;
        required += standing.required() ? count : 0;
        satisfied += standing.required() && standing.satisfied() ? count : 0;
        refused += standing.refused() ? count : 0;
        somewhere += standing.somewhere() ? count : 0;
        satisfiedSomewhere += standing.somewhere() && standing.satisfiedSomewhere() ? count : 0;
        exempt += standing.isExempt() ? count : 0;
        locked += isLocked ? count : 0;
        inGrace += standing.inGrace() ? count : 0;
        smsOnly += standing.smsOnly() ? count : 0;
        phishingResistant += standing.phishingResistant() ? count : 0;
    }

    /** The numbers by their names. */
    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("users", users);
        map.put("enrolled", enrolled);
        map.put("missing", users - enrolled);
        map.put("enrolled_percent", percent(enrolled, users));
        map.put("required", required);
        map.put("required_enrolled", satisfied);
        map.put("required_missing", required - satisfied);
        map.put("required_enrolled_percent", percent(satisfied, required));
        map.put("refused", refused);
        map.put("required_somewhere", somewhere);
        map.put("required_somewhere_missing", somewhere - satisfiedSomewhere);
        map.put("exempt", exempt);
        map.put("locked", locked);
        map.put("in_grace", inGrace);
        map.put("sms_only", smsOnly);
        map.put("phishing_resistant", phishingResistant);
        return map;
    }

    /** Rounded down: it is 100 only if nobody is missing, and of nobody nobody is. */
    static double percent(long part, long whole) {
        return whole == 0 ? HUNDREDTHS : Math.floorDiv(Math.multiplyExact(part, 10_000L), whole) / HUNDREDTHS;
    }
}
