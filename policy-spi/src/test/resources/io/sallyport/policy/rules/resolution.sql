-- What the rules of each sign-in come to; no row where no rule matches.
with matching as (
    select r.*,
           case when r.usr is not null then 1 when r.grp is not null then 2
                when r.organization is not null then 3 else 4 end as level
    from visit v join rule r on r.visit = v.id
    where r.state = 'ENFORCED'
      and (r.valid_from is null or r.valid_from <= v.now)
      and (r.valid_until is null or r.valid_until > v.now)
      and (v.session_since is null or r.takes_effect = 'NEXT_REFRESH'
           or floor(greatest(r.changed_at, coalesce(r.valid_from, 0)) / 1000) * 1000 <= v.session_since)
      and (r.usr is null or r.usr = v.usr)
      and (r.organization is null
           or r.organization in (select t.tenant from visit_tenant t where t.visit = v.id))
      and (r.grp is null or exists (
               select 1 from visit_group m
               join grp g on g.id = m.grp
               join grp above on above.id = r.grp
               where m.visit = v.id and (g.path = above.path or g.path like above.path || '/%')))
      and (not exists (
               select 1 from rule_name w where w.visit = v.id and w.rule = r.id and w.kind = 'roles')
           or exists (
               select 1 from rule_name w join visit_role has on has.visit = w.visit and has.role = w.name
               where w.visit = v.id and w.rule = r.id and w.kind = 'roles'))
      and (not exists (
               select 1 from rule_name w where w.visit = v.id and w.rule = r.id and w.kind = 'clients')
           or exists (
               select 1 from rule_name w
               where w.visit = v.id and w.rule = r.id and w.kind = 'clients' and w.name = v.client))
      and (not exists (
               select 1 from rule_name w where w.visit = v.id and w.rule = r.id and w.kind = 'identity_providers')
           or exists (
               select 1 from rule_name w
               where w.visit = v.id and w.rule = r.id and w.kind = 'identity_providers' and w.name = v.idp))
      and (not exists (
               select 1 from rule_network n where n.visit = v.id and n.rule = r.id and n.side = 'inside_networks')
           or exists (
               select 1 from rule_network n
               where n.visit = v.id and n.rule = r.id and n.side = 'inside_networks'
                 and n.family = v.family and v.address between n.lowest and n.highest))
      and not exists (
               select 1 from rule_network n
               where n.visit = v.id and n.rule = r.id and n.side = 'outside_networks'
                 and n.family = v.family and v.address between n.lowest and n.highest)
),
-- A user's general rule says nothing where each of the tenants that count has one of its own.
speaking as (
    select m.* from matching m
    where not (
        m.level = 1 and m.organization is null
        and exists (select 1 from visit_tenant t where t.visit = m.visit)
        and not exists (
            select 1 from visit_tenant t
            where t.visit = m.visit and not exists (
                select 1 from matching own
                where own.visit = m.visit and own.level = 1 and own.organization = t.tenant)))
),
answering as (
    select visit, min(level) as level from speaking group by visit
),
pool as (
    select s.* from speaking s join answering a on a.visit = s.visit and a.level = s.level
),
deciding as (
    select p.* from pool p
    where p.required or not exists (select 1 from pool other where other.visit = p.visit and other.required)
),
merged as (
    select visit, min(level) as level, listagg(id, ',') within group (order by id) as rules,
           any(required) as required, max(strength) as strength, min(max_age) as max_age,
           every(has_grace) as has_grace, min(grace_time) as grace_time, min(grace_skips) as grace_skips
    from deciding group by visit
)
select a.*,
       (select listagg(m.name, ',') within group (order by m.name) from method m
        where m.strength >= a.strength and not exists (
            select 1 from deciding d
            where d.visit = a.visit
              and exists (select 1 from rule_method l where l.visit = d.visit and l.rule = d.id)
              and not exists (
                  select 1 from rule_method l
                  where l.visit = d.visit and l.rule = d.id and l.method = m.name))) as methods
from merged a
