/** The second factors behind one interface, and the enrollments they belong to. */
@NullMarked
package io.sallyport.factor;

import org.jspecify.annotations.NullMarked;
