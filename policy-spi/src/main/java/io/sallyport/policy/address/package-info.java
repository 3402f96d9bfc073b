/** Addresses and ranges read strictly, and the client's own address found behind proxies. */
@NullMarked
package io.sallyport.policy.address;

import org.jspecify.annotations.NullMarked;
