package io.sallyport.factor;

import java.util.Optional;

/**
 * What somebody answered.
 *
 * @param enrollmentId which of the user's factors he chose; absent means that the factor finds it
 * @param challenge the challenge that it answers; absent if the method asks none, or none is open
 * @param text a code, or the JSON of a credential
 */
public record Answer(Optional<String> enrollmentId, Optional<Challenge> challenge, String text) {
    @Override
    public String toString() {
        return "Answer[***]";
    }
}
