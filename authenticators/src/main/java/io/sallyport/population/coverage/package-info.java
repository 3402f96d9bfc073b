/** How far the active users of a realm have what its policy asks of them, counted and listed from the database as it is. */
@NullMarked
package io.sallyport.population.coverage;

import org.jspecify.annotations.NullMarked;
