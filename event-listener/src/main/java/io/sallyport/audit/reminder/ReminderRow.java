package io.sallyport.audit.reminder;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/** That somebody was reminded of the end of an exception: its key lets no second node do it again. */
@Entity(name = "MfaExceptionReminder") // entity names are global in the server
@Table(name = "MFA_EXCEPTION_REMINDER")
@IdClass(ReminderRow.Key.class)
public class ReminderRow {

    @Id
    @Column(name = "REALM_ID", length = 36)
    private String realmId = "";

    @Id
    @Column(name = "RULE_ID", length = 36)
    private String ruleId = "";

    /** The end that it was about: after it has moved, there is something new to tell. */
    @Id
    @Column(name = "ENDS_AT")
    private long endsAt;

    @Id
    @Column(name = "DAYS")
    private int days;

    protected ReminderRow() {}

    ReminderRow(String realmId, Reminder reminder) {
        this.realmId = realmId;
        this.ruleId = reminder.rule();
        this.endsAt = reminder.end().toEpochMilli();
        this.days = reminder.days();
    }

    Reminder reminder() {
        return new Reminder(ruleId, Instant.ofEpochMilli(endsAt), days);
    }

    /** The row's identity. */
    public record Key(String realmId, String ruleId, long endsAt, int days) implements Serializable {}
}
