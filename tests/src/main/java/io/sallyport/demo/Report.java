package io.sallyport.demo;

import java.io.PrintStream;

/** What the check prints as it goes, and whether all of it held. */
final class Report {

    private final PrintStream out;
    private boolean allHeld = true;

    Report(PrintStream out) {
        this.out = out;
    }

    void title(String text) {
        out.println();
        out.println(text);
    }

    void show(String text) {
        out.println(text.indent(6).stripTrailing());
    }

    /** One thing that must hold. */
    void check(String what, Object found, Object wanted) {
        if (wanted.equals(found)) {
            out.println("  ok  " + what + ": " + found);
        } else {
            failed(what, "found " + found + ", wanted " + wanted);
        }
    }

    void failed(String what, String why) {
        allHeld = false;
        out.println("  FAILED  " + what + ": " + why);
    }

    boolean allHeld() {
        return allHeld;
    }
}
