/** Mail: one-time codes by it, how many of them, and how any mail of ours is sent. */
@NullMarked
package io.sallyport.factor.email;

import org.jspecify.annotations.NullMarked;
