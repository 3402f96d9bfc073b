package io.sallyport.event;

/** Names of the details of our Keycloak events. Values never hold a code, secret, token or full phone number. */
public final class Detail {

    /** The wire name of our event type; its presence marks an event as ours. */
    public static final String MFA_EVENT = "mfa_event";
    /** Our own id of the event, because Keycloak overwrites the event's id when it sends it. */
    public static final String EVENT_ID = "event_id";
    /** Put by the audit listener once the row is written and flushed; equals {@link #EVENT_ID}. */
    public static final String ACK = "mfa_ack";

    public static final String METHOD = "mfa_method";
    public static final String OUTCOME = "outcome";
    public static final String REASON = "reason";
    /** How many failures in a row there are now. */
    public static final String ATTEMPT = "attempt_count";
    /** Id of the deciding rule. */
    public static final String RULE = "mfa_rule";

    /** What administrators call that rule. */
    public static final String RULE_NAME = "rule_name";
    /** Id of who answers for it. */
    public static final String OWNER = "owner";
    /** So many days before the end of something the event was due. */
    public static final String DAYS_LEFT = "days_left";

    public static final String POLICY_VERSION = "mfa_policy_version";
    /** Level of the deciding rule. */
    public static final String POLICY_LEVEL = "mfa_policy_level";

    /** Ids of the organizations that counted, separated by blanks. */
    public static final String TENANT = "tenant";
    /** Id of the user who acted, where it is not the subject. */
    public static final String ACTOR = "actor";

    public static final String ENROLLMENT_ID = "enrollment_id";
    public static final String CORRELATION_ID = "correlation_id";
    public static final String USER_AGENT = "user_agent";
    /** End of a lock, epoch seconds. */
    public static final String LOCKED_UNTIL = "locked_until";

    /** Name of the setting that was changed, or names separated by blanks. */
    public static final String SETTING = "setting";
    /** What was in force before a change. */
    public static final String BEFORE = "before";
    /** What is in force after it. */
    public static final String AFTER = "after";

    /** End of the time in which enrolling may be put off, epoch seconds. */
    public static final String GRACE_UNTIL = "grace_until";
    /** How many sign-ins may still pass without enrolling. */
    public static final String SKIPS_LEFT = "skips_left";

    /** Type of the action that it is about. */
    public static final String ACTION = "action_type";

    public static final String ACTION_HASH = "action_hash";

    /** How many recovery codes are left. */
    public static final String CODES_LEFT = "recovery_codes_left";

    /** How a pass went to its owner, if not by the administrator who issued it. */
    public static final String DELIVERY = "delivery";

    /** Id of the trusted browser. */
    public static final String DEVICE = "device_id";

    /** Alias of the identity provider that vouched for the user. */
    public static final String PROVIDER = "identity_provider";

    /** How many rows of the trail it was about. */
    public static final String ROWS = "rows";

    /** What was looked for in the trail, as JSON. */
    public static final String FILTERS = "filters";

    /** Form of an export. */
    public static final String FORMAT = "format";
    /** Event id of the beginning of an export. */
    public static final String EXPORT = "export";
    /** What an export turned out to be, as the realm signed it. */
    public static final String MANIFEST = "manifest";

    /** The first instant of a period. */
    public static final String FROM = "from";
    /** The instant after the last of a period. */
    public static final String TO = "to";

    /** Address of whoever was connected, where that may be a proxy. */
    public static final String PROXY = "proxy";
    /** What the request said about the way that it came; a client writes there what it likes. */
    public static final String FORWARDED = "forwarded";

    /** The call of an administrator, as method and path. */
    public static final String CALL = "call";

    private Detail() {}
}
