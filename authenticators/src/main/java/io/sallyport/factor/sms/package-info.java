/** One-time codes by SMS: whom a message may go to, what it says, how many there may be, and who carries it. */
@NullMarked
package io.sallyport.factor.sms;

import org.jspecify.annotations.NullMarked;
