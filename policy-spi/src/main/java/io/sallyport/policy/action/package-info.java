/** What the high-privilege actions of a realm's applications are, and what exactly is approved: pure. */
@NullMarked
package io.sallyport.policy.action;

import org.jspecify.annotations.NullMarked;
