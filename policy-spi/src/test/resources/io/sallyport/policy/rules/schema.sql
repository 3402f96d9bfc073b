-- Sign-ins and rules as rows. Each sign-in is a world of its own: its rules carry its number.
create table method (name varchar primary key, strength int not null);
insert into method values ('SMS_OTP', 0), ('TOTP', 1), ('WEBAUTHN', 2);
create table grp (id varchar primary key, path varchar not null);

create table visit (
    id bigint primary key, usr varchar not null, client varchar not null, idp varchar,
    family int, address numeric(39), session_since bigint, now bigint not null);
create table visit_tenant (visit bigint, tenant varchar, primary key (visit, tenant));
create table visit_group (visit bigint, grp varchar, primary key (visit, grp));
create table visit_role (visit bigint, role varchar, primary key (visit, role));

create table rule (
    visit bigint, id varchar, organization varchar, grp varchar, usr varchar,
    required boolean not null, strength int not null, max_age bigint, grace_time bigint, grace_skips int,
    has_grace boolean not null, state varchar not null, takes_effect varchar not null,
    valid_from bigint, valid_until bigint, changed_at bigint not null, primary key (visit, id));
create table rule_method (visit bigint, rule varchar, method varchar, primary key (visit, rule, method));
create table rule_name (
    visit bigint, rule varchar, kind varchar, name varchar, primary key (visit, rule, kind, name));
create table rule_network (
    visit bigint, rule varchar, side varchar, family int, lowest numeric(39), highest numeric(39),
    primary key (visit, rule, side, family, lowest, highest));
