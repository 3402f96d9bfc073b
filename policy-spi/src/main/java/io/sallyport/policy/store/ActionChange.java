package io.sallyport.policy.store;

import io.sallyport.policy.action.Action;
import java.util.Optional;

/**
 * A change of one action.
 *
 * @param version the version that it makes
 * @param before what was in force; absent if it is new
 * @param after what is in force now; absent if it was deleted
 */
public record ActionChange(String type, long version, Optional<Action> before, Optional<Action> after) {

    /** The change that follows the newest version. */
    static ActionChange after(String type, Optional<StoredAction> newest, Optional<Action> wanted) {
        long next = newest.map(StoredAction::version).orElse(0L) + 1;
        return new ActionChange(
                type, next, newest.flatMap(StoredAction::action), wanted.map(action -> action.stored(next)));
    }

    /** Whether it changes anything but the number of the version. */
    boolean says() {
        return !before.map(action -> action.stored(version)).equals(after);
    }
}
