-- What everybody of a realm meets with the stored rules, and with the one that only reports enforced; written without a
-- look at the rule engine: user over group over tenant over global, and any "required" wins within a level.
WITH RECURSIVE
    rule AS (SELECT document::jsonb -> 'scope' ->> 'user'         AS of_user,
                    document::jsonb -> 'scope' ->> 'group'        AS of_group,
                    document::jsonb -> 'scope' ->> 'organization' AS of_tenant,
                    (document::jsonb ->> 'required')::boolean     AS required,
                    document::jsonb ->> 'strength' = 'PHISHING_RESISTANT' AS by_key,
                    document::jsonb ->> 'state'                   AS state
             FROM mfa_policy_rule WHERE realm_id = '$realm'),
    above AS (SELECT id AS of, id, parent_group FROM keycloak_group WHERE realm_id = '$realm' AND type = 0
              UNION
              SELECT a.of, g.id, g.parent_group FROM above a JOIN keycloak_group g ON g.id = a.parent_group),
    person AS (SELECT u.id, EXISTS (SELECT FROM credential c WHERE c.user_id = u.id AND c.type = 'otp') AS has,
                      EXISTS (SELECT FROM user_role_mapping m JOIN keycloak_role r ON r.id = m.role_id
                                          JOIN client c ON c.id = r.client
                              WHERE m.user_id = u.id AND c.client_id = 'realm-management') AS administrator,
                      EXISTS (SELECT FROM user_attribute a
                              WHERE a.user_id = u.id AND a.name = 'is_temporary_admin') AS break_glass
               FROM user_entity u
               WHERE u.realm_id = '$realm' AND u.enabled AND u.service_account_client_link IS NULL),
    by_user AS (SELECT of_user AS id, bool_or(required) AS required FROM rule WHERE of_user IS NOT NULL GROUP BY 1),
    by_group AS (SELECT m.user_id AS id, bool_or(r.required) AS required, bool_or(r.required AND r.by_key) AS by_key
                 FROM user_group_membership m JOIN above a ON a.of = m.group_id JOIN rule r ON r.of_group = a.id
                 GROUP BY 1),
    by_tenant AS (SELECT m.user_id AS id, bool_or(r.required) AS required
                  FROM user_group_membership m JOIN org o ON o.group_id = m.group_id AND o.enabled
                       JOIN rule r ON r.of_tenant = o.id
                  GROUP BY 1),
    answer AS (SELECT p.*, coalesce(u.required, g.required, t.required) AS required,
                      u.required IS NULL AND coalesce(g.by_key, false) AS by_key
               FROM person p LEFT JOIN by_user u USING (id) LEFT JOIN by_group g USING (id) LEFT JOIN by_tenant t USING (id)),
    verdict AS (SELECT id, administrator, break_glass,
                       CASE WHEN NOT coalesce(required, false) THEN 'skip' WHEN by_key THEN 'deny'
                            WHEN has THEN 'challenge' ELSE 'enroll' END AS before,
                       CASE WHEN NOT coalesce(required, true) THEN 'skip' WHEN by_key THEN 'deny'
                            WHEN has THEN 'challenge' ELSE 'enroll' END AS after
                FROM answer)
SELECT before, after, count(*) AS people, count(*) FILTER (WHERE administrator) AS administrators,
       count(*) FILTER (WHERE break_glass) AS break_glass
FROM verdict GROUP BY before, after
