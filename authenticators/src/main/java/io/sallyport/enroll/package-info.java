/** Required actions by which people enroll, renew and give up what they prove themselves with. */
@NullMarked
package io.sallyport.enroll;

import org.jspecify.annotations.NullMarked;
