package io.sallyport.demo;

import io.sallyport.journey.Phone;
import java.util.Optional;

/**
 * Somebody in the demo realm.
 *
 * @param secret the Base32 secret of the TOTP they have; absent if they have none yet
 */
record Person(String username, String name, Optional<String> secret) {

    /** All of them have it, and it is for the demo only. */
    static final String PASSWORD = "demo-Password-1";

    Phone phone() {
        return Phone.with(secret.orElseThrow());
    }
}
