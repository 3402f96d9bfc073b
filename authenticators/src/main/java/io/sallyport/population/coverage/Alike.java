package io.sallyport.population.coverage;

/** So many active users who are alike. */
record Alike(Signature signature, boolean locked, long count) {}
