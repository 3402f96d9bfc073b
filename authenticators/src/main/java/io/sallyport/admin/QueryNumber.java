package io.sallyport.admin;

import io.sallyport.json.InvalidRequest;
import java.util.List;

/** A whole number of a query, within bounds. */
final class QueryNumber {

    private QueryNumber() {}

    static int of(String name, String text, int least, int most) {
        if (text.matches("[0-9]{1,10}")) {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return (int) value;
            }
        }
        throw new InvalidRequest(List.of(name + ": want a whole number from " + least + " to " + most));
    }
}
