/** Finds rows of the trail, a page at a time, each page a range of one index. */
@NullMarked
package io.sallyport.audit.reading;

import org.jspecify.annotations.NullMarked;
