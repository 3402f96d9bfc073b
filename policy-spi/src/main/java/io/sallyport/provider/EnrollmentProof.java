package io.sallyport.provider;

/** What somebody who never had a factor proves besides his first one, the password, before he gets one. */
public enum EnrollmentProof {
    /** Nothing: whoever knows the password first, enrolls first. */
    PASSWORD,
    /** That he reads the mailbox of his verified address. */
    EMAIL,
    /** That an administrator gave him a temporary access pass. */
    PASS
}
