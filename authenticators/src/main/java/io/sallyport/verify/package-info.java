/** The one place where a code is counted, compared, spent and turned into evidence. */
@NullMarked
package io.sallyport.verify;

import org.jspecify.annotations.NullMarked;
