package io.sallyport.verify;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** As much of Keycloak's realm as our queries name. */
@Entity(name = "RealmEntity")
@Table(name = "REALM")
public class RealmTable {

    @Id
    @Column(name = "ID", length = 36)
    private String id = "";

    protected RealmTable() {}

    RealmTable(String id) {
        this.id = id;
    }
}
