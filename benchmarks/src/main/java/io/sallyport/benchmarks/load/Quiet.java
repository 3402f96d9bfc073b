package io.sallyport.benchmarks.load;

import java.io.IOException;

/** A machine that does nothing else: who runs a measurement says when. */
final class Quiet {

    private Quiet() {}

    /** With {@code -Dpause=true} waits for a line on the standard input, between what is made and what is measured. */
    static void await() throws IOException {
        if (Boolean.getBoolean("pause")) {
            System.out.println("ready to measure: press Enter");
            while (System.in.read() > '\n') {
                // up to the end of the line
            }
        }
    }
}
