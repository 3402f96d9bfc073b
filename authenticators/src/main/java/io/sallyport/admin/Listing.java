package io.sallyport.admin;

import io.sallyport.population.simulation.Affected;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Passes on at most so many affected users, and tells where the next listing goes on. */
final class Listing implements Consumer<Affected> {

    private final int max;
    private final Consumer<Map<String, Object>> to;
    private int count;
    private Optional<String> last = Optional.empty();
    private boolean more;

    Listing(int max, Consumer<Map<String, Object>> to) {
        this.max = max;
        this.to = to;
    }

    @Override
    public void accept(Affected affected) {
        if (count == max) {
            more = true;
            return;
        }
        count++;
        last = Optional.of(affected.person().facts().userId());
        to.accept(AffectedJson.of(affected));
    }

    /** Id of the user after whom the next listing begins; empty if there is nobody left. */
    Optional<String> next() {
        return last.filter(id -> more);
    }
}
