package io.sallyport.provider;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** One setting of one realm, as stored. */
@Entity(name = "MfaSetting") // entity names are global in the server
@Table(name = "MFA_SETTING")
@IdClass(SettingRow.Key.class)
public class SettingRow {

    @Id
    @Column(name = "REALM_ID", length = 36)
    private String realmId = "";

    @Id
    @Column(name = "NAME", length = 100)
    private String name = "";

    @Column(name = "SETTING_VALUE", length = Settings.MAX_TEXT, nullable = false)
    private String value = "";

    protected SettingRow() {}

    SettingRow(String realmId, String name, String value) {
        this.realmId = realmId;
        this.name = name;
        this.value = value;
    }

    /** The row's identity. */
    public record Key(String realmId, String name) implements Serializable {}
}
