/** The rules and their resolution, pure: the same facts and rules always give the same answer. */
@NullMarked
package io.sallyport.policy.rules;

import org.jspecify.annotations.NullMarked;
