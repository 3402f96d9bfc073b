package io.sallyport.enroll;

import io.sallyport.form.PostedForm;
import io.sallyport.policy.Method;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** How the pages of one method lead to its first valid answer. */
interface MethodSteps {

    /** The steps of a method. */
    static MethodSteps of(Method method, EnrollmentDesk desk) {
        return switch (method) {
            case TOTP -> new TotpSteps(desk);
            case WEBAUTHN -> new KeySteps(desk);
            case SMS_OTP -> new SmsSteps(desk);
            case RECOVERY_CODE, TEMPORARY_PASS, EMAIL_CODE ->
                throw new IllegalArgumentException(method + " is not enrolled by itself");
        };
    }

    /** The page of the step at which the enrollment is; it begins one where that needs nothing from the user. */
    Response show(String label, Optional<String> problem);

    /**
     * The page after a post that is no answer yet, as a number to send to; empty if the post is an answer. Who
     * may not have the method any more is at no step of it afterwards.
     */
    default Optional<Response> before(PostedForm posted) {
        return Optional.empty();
    }

    /** What the factor is called if the user gives it no name. */
    default String name() {
        return "";
    }

    /** The answer in the post; empty text if there is none. */
    String answer(PostedForm posted);

    /** Message key of what is wrong with an answer that did not pass. */
    String problem(PostedForm posted);

    /** The enrollment is active now, and proven in this sign-in. */
    default void activated(String enrollmentId) {}
}
