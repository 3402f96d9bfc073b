/** Secrets of factors at rest: sealed with keys that do not live in the database. */
@NullMarked
package io.sallyport.crypto;

import org.jspecify.annotations.NullMarked;
