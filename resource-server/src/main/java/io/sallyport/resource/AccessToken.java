package io.sallyport.resource;

import java.util.Map;

/**
 * A token that is proven to be an access token of the issuer for this application, and in force.
 *
 * @param text as it was sent
 * @param claims all of them
 */
record AccessToken(String text, String user, String session, String client, Map<String, Object> claims) {

    @Override
    public String toString() {
        return "***";
    }
}
