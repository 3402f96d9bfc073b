package io.sallyport.example.payments;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.util.Optional;

/**
 * A browser that was sent to the identity provider, and what it must bring back.
 *
 * @param run the payment run that is to be approved there; absent for a sign-in
 */
record Departure(State state, Nonce nonce, CodeVerifier verifier, Optional<String> run) {

    static Departure now(Optional<String> run) {
        return new Departure(new State(), new Nonce(), new CodeVerifier(), run);
    }
}
