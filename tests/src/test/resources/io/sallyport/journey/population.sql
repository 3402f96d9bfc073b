-- A hundred thousand people in a realm ($realm is its id), with groups, roles, organizations, credentials and rules.

CREATE FUNCTION pg_temp.uid(kind text, n bigint) RETURNS text LANGUAGE sql IMMUTABLE
    AS $$ SELECT md5('$realm' || kind || n)::uuid::text $$;

-- Every hundredth is disabled.
INSERT INTO user_entity (id, username, email, email_constraint, email_verified, enabled, realm_id, not_before)
SELECT pg_temp.uid('user', n), 'person' || n, 'person' || n || '@example.org', 'person' || n || '@example.org', true,
       n % 100 <> 7, '$realm', 0
FROM generate_series(1, 100000) n;

-- A password for all, an authenticator app for a third.
INSERT INTO credential (id, type, user_id, created_date, secret_data, credential_data, priority)
SELECT pg_temp.uid('password', n), 'password', pg_temp.uid('user', n), 0, '{}', '{}', 10
FROM generate_series(1, 100000) n;
INSERT INTO credential (id, type, user_id, created_date, secret_data, credential_data, priority)
SELECT pg_temp.uid('otp', n), 'otp', pg_temp.uid('user', n), 0, '{}', '{}', 20
FROM generate_series(1, 100000) n WHERE n % 3 = 0;

-- A thousand groups, three deep; half of the people are in two of them.
INSERT INTO keycloak_group (id, name, parent_group, realm_id, type)
SELECT pg_temp.uid('group', n), 'group' || n, CASE WHEN n < 10 THEN ' ' ELSE pg_temp.uid('group', n / 10) END, '$realm', 0
FROM generate_series(1, 1000) n;
INSERT INTO user_group_membership (group_id, user_id, membership_type)
SELECT pg_temp.uid('group', 1 + (n * k) % 1000), pg_temp.uid('user', n), 'UNMANAGED'
FROM generate_series(1, 100000) n, unnest(ARRAY [7, 13]) k WHERE n % 2 = 0
ON CONFLICT DO NOTHING;

-- Two hundred roles, every second one made of the next; all have the realm's default role, and two more each.
INSERT INTO keycloak_role (id, client_realm_constraint, client_role, name, realm_id, realm)
SELECT pg_temp.uid('role', n), '$realm', false, 'role' || n, '$realm', '$realm' FROM generate_series(1, 200) n;
INSERT INTO composite_role (composite, child_role)
SELECT pg_temp.uid('role', n), pg_temp.uid('role', n + 1) FROM generate_series(1, 199, 2) n;
INSERT INTO user_role_mapping (role_id, user_id)
SELECT (SELECT default_role FROM realm WHERE id = '$realm'), pg_temp.uid('user', n) FROM generate_series(1, 100000) n;
INSERT INTO user_role_mapping (role_id, user_id)
SELECT pg_temp.uid('role', 1 + (n * k) % 200), pg_temp.uid('user', n)
FROM generate_series(1, 100000) n, unnest(ARRAY [3, 11]) k
ON CONFLICT DO NOTHING;
INSERT INTO group_role_mapping (role_id, group_id)
SELECT pg_temp.uid('role', 1 + n % 200), pg_temp.uid('group', n) FROM generate_series(1, 1000) n;
-- Every thousandth administers the realm, every ten thousandth is there for emergencies.
INSERT INTO user_role_mapping (role_id, user_id)
SELECT r.id, pg_temp.uid('user', n)
FROM generate_series(1, 100000) n, keycloak_role r JOIN client c ON c.id = r.client
WHERE n % 1000 = 3 AND c.realm_id = '$realm' AND c.client_id = 'realm-management' AND r.name = 'view-users';
INSERT INTO user_attribute (id, name, value, user_id)
SELECT pg_temp.uid('attribute', n), 'is_temporary_admin', 'true', pg_temp.uid('user', n)
FROM generate_series(1, 100000) n WHERE n % 10000 = 3;

-- Ten thousand organizations, every tenth disabled; nine of ten people are in one.
INSERT INTO keycloak_group (id, name, parent_group, realm_id, type)
SELECT pg_temp.uid('members', n), 'members' || n, ' ', '$realm', 1 FROM generate_series(1, 10000) n;
INSERT INTO org (id, enabled, realm_id, group_id, name, alias)
SELECT pg_temp.uid('org', n), n % 10 <> 0, '$realm', pg_temp.uid('members', n), 'org' || n, 'org' || n
FROM generate_series(1, 10000) n;
INSERT INTO user_group_membership (group_id, user_id, membership_type)
SELECT pg_temp.uid('members', 1 + n % 10000), pg_temp.uid('user', n), 'UNMANAGED'
FROM generate_series(1, 100000) n WHERE n % 10 <> 3;

-- A rule for every group (a third requires MFA, a few of those by keys), for every organization (half), for every
-- fiftieth person, and one for all that only reports.
CREATE FUNCTION pg_temp.rule(scope jsonb, required boolean, strength text) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_build_object('name', 'rule', 'scope', scope, 'required', required, 'strength', strength, 'state', 'ENFORCED',
                              'takes_effect', 'NEXT_SIGN_IN', 'version', 1)
           || CASE WHEN required THEN '{}' ELSE '{"reason": "test", "valid_until": "2100-01-01T00:00:00Z"}'::jsonb END $$;
INSERT INTO mfa_policy_rule (id, realm_id, user_id, document, created_at, changed_at, version)
SELECT id, '$realm', owner, rule || jsonb_build_object('id', id), 0, 0, 0
FROM (SELECT pg_temp.uid('group rule', n) id, NULL owner,
             pg_temp.rule(jsonb_build_object('group', pg_temp.uid('group', n)), n % 3 = 0,
                          CASE WHEN n % 90 = 0 THEN 'PHISHING_RESISTANT' ELSE 'ANY' END) rule
      FROM generate_series(1, 1000) n
      UNION ALL
      SELECT pg_temp.uid('tenant rule', n), NULL,
             pg_temp.rule(jsonb_build_object('organization', pg_temp.uid('org', n)), n % 2 = 0, 'ANY')
      FROM generate_series(1, 10000) n
      UNION ALL
      SELECT pg_temp.uid('user rule', n), pg_temp.uid('user', n),
             pg_temp.rule(jsonb_build_object('user', pg_temp.uid('user', n)), n % 100 = 0, 'ANY')
      FROM generate_series(50, 100000, 50) n
      UNION ALL
      SELECT 'report', NULL, pg_temp.rule('{}', true, 'ANY') - 'scope' || '{"state": "REPORT_ONLY"}') rules;

ANALYZE;
