/** What rules that only report would have done to the sign-ins that there were, counted by rule and day. */
@NullMarked
package io.sallyport.population.report;

import org.jspecify.annotations.NullMarked;
