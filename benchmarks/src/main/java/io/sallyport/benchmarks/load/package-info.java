/** How long a proof by REST takes beside Keycloak's own direct grant with a code; the numbers are in docs/performance.md. */
@NullMarked
package io.sallyport.benchmarks.load;

import org.jspecify.annotations.NullMarked;
