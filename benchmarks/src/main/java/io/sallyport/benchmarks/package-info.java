/** How long the policy takes to answer; the numbers are in docs/performance.md. */
@NullMarked
package io.sallyport.benchmarks;

import org.jspecify.annotations.NullMarked;
