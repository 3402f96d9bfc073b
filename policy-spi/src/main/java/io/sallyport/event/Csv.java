package io.sallyport.event;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Lines of comma-separated values (RFC 4180) that a spreadsheet shows as the texts that they are.
 *
 * <p>Every cell is quoted, so that neither a separator of some country nor a line break within ends it. A text that a
 * spreadsheet would take for a formula gets an apostrophe before it, which is the price of opening it safely.
 */
public final class Csv {

    /** What is answered with it. */
    public static final String TYPE = "text/csv; charset=utf-8; header=present";

    /** What a formula begins with, in the wide forms of East Asia too, and what is skipped on the way to its beginning. */
    private static final String FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private Csv() {}

    /** One line with its end; absent values are empty texts. */
    public static String line(List<String> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(String text) {
        // RFC 4180 §2.7: a double quote inside a field is escaped by another one
        return '"' + (beginsAFormula(text) ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }

    private static boolean beginsAFormula(String text) {
        String shown = text.replaceFirst("^[\\s\\p{Z}]+", "");
        return (!text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0)
                || (!shown.isEmpty() && FORMULA.indexOf(shown.charAt(0)) >= 0);
    }
}
