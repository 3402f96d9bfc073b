/** What a draft of the policy would do to everybody, compared with the policy that is stored. */
@NullMarked
package io.sallyport.population.simulation;

import org.jspecify.annotations.NullMarked;
