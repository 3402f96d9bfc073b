-- Takes the trail out of the hands of the role that Keycloak connects with: it may add rows, seal those that are not sealed,
-- and nothing else. Run by a superuser, after the server has made its tables, in its database:
--
--   psql -v ON_ERROR_STOP=1 -v app=keycloak -f audit-postgresql.sql keycloak
--
-- Erasing persons and removing old rows are not possible for that role then, and an upgrade that changes these tables isn't either:
-- give them back before (ALTER TABLE … OWNER TO keycloak) and run this again after it. A superuser can still do everything; what he
-- does, the seal shows.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'mfa_audit_owner') THEN
        CREATE ROLE mfa_audit_owner NOLOGIN;
    END IF;
END
$$;

-- Who owns a table can give himself every right on it; who owns its schema or its database can drop it.
DO $$
BEGIN
    EXECUTE format('ALTER DATABASE %I OWNER TO mfa_audit_owner', current_database());
END
$$;
ALTER SCHEMA public OWNER TO mfa_audit_owner;
GRANT USAGE, CREATE ON SCHEMA public TO :"app";
ALTER TABLE mfa_audit OWNER TO mfa_audit_owner;
ALTER TABLE mfa_audit_checkpoint OWNER TO mfa_audit_owner;
REVOKE ALL ON mfa_audit, mfa_audit_checkpoint FROM PUBLIC, :"app";
GRANT SELECT, INSERT ON mfa_audit, mfa_audit_checkpoint TO :"app";
GRANT UPDATE (leaf_position, leaf_hash, subject_salt, actor_salt) ON mfa_audit TO :"app";

-- A row is sealed once.
-- With a path of its own: the role may make functions in public, and one by a name of the system would be found first.
CREATE OR REPLACE FUNCTION mfa_audit_sealed_once() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF OLD.leaf_position IS NOT NULL AND NOT pg_has_role(current_user, 'mfa_audit_owner', 'USAGE') THEN
        RAISE EXCEPTION 'the row % of the trail is sealed', OLD.event_id USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
ALTER FUNCTION mfa_audit_sealed_once() OWNER TO mfa_audit_owner;
DROP TRIGGER IF EXISTS mfa_audit_sealed_once ON mfa_audit;
CREATE TRIGGER mfa_audit_sealed_once BEFORE UPDATE ON mfa_audit FOR EACH ROW EXECUTE FUNCTION mfa_audit_sealed_once();
