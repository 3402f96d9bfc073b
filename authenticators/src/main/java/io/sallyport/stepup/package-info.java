/** The step-up of a browser application: an action that is shown, and proved by itself. */
@NullMarked
package io.sallyport.stepup;

import org.jspecify.annotations.NullMarked;
