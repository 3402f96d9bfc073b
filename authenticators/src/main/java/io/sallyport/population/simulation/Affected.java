package io.sallyport.population.simulation;

import io.sallyport.population.Person;

/**
 * Somebody for whom the draft would change something.
 *
 * @param before what he meets now
 * @param after what he would meet
 */
public record Affected(Person person, Verdict before, Verdict after) {}
