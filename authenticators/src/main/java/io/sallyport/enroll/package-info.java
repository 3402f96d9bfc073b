/** Enrollment of a factor as a required action. */
@NullMarked
package io.sallyport.enroll;

import org.jspecify.annotations.NullMarked;
