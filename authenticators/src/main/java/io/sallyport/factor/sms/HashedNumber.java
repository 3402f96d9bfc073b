package io.sallyport.factor.sms;

import io.sallyport.crypto.KeyedHash;

/**
 * What messages are counted by without being known.
 *
 * @param whole the number
 * @param prefix its range
 * @param address the client's
 */
record HashedNumber(String whole, String prefix, String address) {

    static HashedNumber of(KeyedHash keyed, SendRequest request) {
        String realm = request.realmId();
        return new HashedNumber(
                keyed.of("sms number", realm, request.number().e164()),
                keyed.of("sms prefix", realm, request.number().prefix()),
                keyed.of("sms address", realm, request.address().orElse("")));
    }
}
