/** The ceremonies of WebAuthn Level 2, pure: what an answer must be, step by step, before anything is stored. */
@NullMarked
package io.sallyport.factor.webauthn;

import org.jspecify.annotations.NullMarked;
