/** The login pages that ask for something, and the strict reading of what they post. */
@NullMarked
package io.sallyport.form;

import org.jspecify.annotations.NullMarked;
