package io.sallyport.policy.store;

import io.sallyport.policy.action.Action;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One version of one action. The newest is in force; the others are its history. None is ever changed. */
@Entity(name = "MfaAction") // entity names are global in the server
@Table(name = "MFA_ACTION")
@IdClass(ActionRow.Key.class)
public class ActionRow {

    @Id
    @Column(name = "REALM_ID", length = 36)
    private String realmId = "";

    @Id
    @Column(name = "ACTION_TYPE", length = 64)
    private String type = "";

    @Id
    @Column(name = "VERSION")
    private long version;

    /** Absent if the action was deleted. */
    @Column(name = "DOCUMENT", length = 4000)
    private @Nullable String document;

    @Column(name = "ACTOR", length = 255)
    private @Nullable String actor;

    @Column(name = "REASON", length = 255, nullable = false)
    private String reason = "";

    @Column(name = "CHANGED_AT", nullable = false)
    private long changedAt;

    protected ActionRow() {}

    ActionRow(String realmId, ActionChange change, @Nullable String actor, String reason, Instant at) {
        this.realmId = realmId;
        this.type = change.type();
        this.version = change.version();
        this.document = change.after().map(ActionJson::write).orElse(null);
        this.actor = actor;
        this.reason = reason;
        this.changedAt = at.toEpochMilli();
    }

    StoredAction stored() {
        return new StoredAction(
                type,
                version,
                Optional.ofNullable(document).map(text -> action(text)),
                Optional.ofNullable(actor),
                reason,
                Instant.ofEpochMilli(changedAt));
    }

    private Action action(String text) {
        return ActionJson.read(type, text).stored(version);
    }

    /** The row's identity. */
    public record Key(String realmId, String type, long version) implements Serializable {}
}
