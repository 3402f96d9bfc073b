package io.sallyport.stepup;

import io.sallyport.json.InvalidRequest;
import io.sallyport.json.JsonBody;
import java.util.Base64;
import java.util.Map;

/** Details as the parameter of a request carries them: a JSON object in base64url (RFC 4648 §5). */
final class DetailsParameter {

    private DetailsParameter() {}

    /**
     * What it holds.
     *
     * @throws InvalidActionRequest if it is none
     */
    static Map<String, Object> read(String text) {
        try {
            return JsonBody.object(Base64.getUrlDecoder().decode(text));
        } catch (InvalidRequest bad) {
            throw new InvalidActionRequest(ActionRequest.DETAILS + " is no JSON object without duplicate names");
        } catch (IllegalArgumentException bad) {
            throw new InvalidActionRequest(ActionRequest.DETAILS + " is no base64url");
        }
    }
}
