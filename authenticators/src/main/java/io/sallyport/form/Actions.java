package io.sallyport.form;

/** Ids of our required actions that one step names and another one serves. */
public final class Actions {

    /** Enrolls a factor of the user's choice among those that the policy takes. */
    public static final String ENROLL = "mfa-enroll";

    /** Enrolls a phone number. */
    public static final String ENROLL_SMS = "mfa-enroll-sms";

    /** Lists the browsers that a user trusts. */
    public static final String DEVICES = "mfa-devices";

    /** Asks for the approval of an action that an application names. */
    public static final String APPROVE = "mfa-approve";

    private Actions() {}
}
