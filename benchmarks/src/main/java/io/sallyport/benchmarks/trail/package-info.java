/** How fast an auditor's machine verifies a trail; the numbers are in docs/performance.md. */
@NullMarked
package io.sallyport.benchmarks.trail;

import org.jspecify.annotations.NullMarked;
