-- The foundation: the four group roles, kernel's journals, the catalogue, the shared read table, and the federation's stores.
-- Group roles exist once per server; `xiangjing db roles --print` gives a DBA the same statements.
do $$
declare name text;
begin
  foreach name in array array['xiangjing_app', 'xiangjing_egress', 'xiangjing_publisher', 'xiangjing_apply'] loop
    if not exists (select from pg_roles where rolname = name) then
      begin
        execute format('create role %I nologin', name);
      exception when duplicate_object or unique_violation then null;   -- another node's first start made it meanwhile
      end;
    end if;
  end loop;
end $$;

create extension if not exists pg_trgm;

-- ── which node this database belongs to ────────────────────────────────────────────────────────────────────────────
create table node_identity (
  single boolean primary key default true check (single),
  adcode text not null check (adcode ~ '^43[0-9]{4}$')
);

-- ── kernel: journals ───────────────────────────────────────────────────────────────────────────────────────────────
create table stream_head (stream text primary key, seq bigint not null) with (fillfactor = 10);
insert into stream_head values ('intent', 0);

create table intent (
  id uuid primary key,
  seq bigint unique,
  ord bigint generated always as identity,
  record_id text not null,
  rev bigint not null,
  event text not null,
  body jsonb not null,
  traceparent text,
  recorded_at timestamptz not null default now(),
  xact xid8 not null default pg_current_xact_id()
);
create index intent_unnumbered on intent (xact, ord) where seq is null;

-- Numbers all intents of a transaction at its end: the head's row lock is taken last and held to commit, so that commit order is
-- number order and a rollback leaves no hole.
create function number_intents() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare n bigint; base bigint;
begin
  perform 1 from intent where id = new.id and seq is null;
  if not found then return null; end if;                            -- an earlier firing numbered the whole transaction
  select count(*) into n from intent where seq is null and xact = pg_current_xact_id();
  update stream_head set seq = seq + n where stream = 'intent' returning seq - n into base;
  update intent i set seq = base + r.k
    from (select id, row_number() over (order by ord) k from intent where seq is null and xact = pg_current_xact_id()) r
    where i.id = r.id;
  return null;
end $$;
create constraint trigger intent_number after insert on intent deferrable initially deferred
  for each row when (new.seq is null) execute function number_intents();

create table audit (
  id uuid primary key,
  ord bigint generated always as identity unique,
  at timestamptz not null default now(),
  action text not null,
  effect text not null check (effect in ('allow', 'deny')),
  reason text,
  actor jsonb not null,
  subject text not null,
  record_id text,
  label text,
  label_version integer,
  purpose text,
  obligations text[] not null default '{}',
  policy_version text not null,
  detail jsonb not null default '{}',
  trace_id text
);
create index audit_record on audit (record_id, ord);
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'APPEND_ONLY: % rows are never changed or erased', tg_table_name using errcode = '42501';
end $$;
create trigger audit_append_only before update or delete or truncate on audit for each statement execute function refuse_change();

create table fact (
  fact_id uuid primary key,
  type text not null,
  subject text not null,
  root_id text not null,
  node text not null,
  occurred_on date not null,
  recorded_at timestamptz not null default now(),
  scenario_kind text,
  domains text[] not null,
  region text not null,
  uscc text,
  evidence jsonb not null default '[]',
  reverses uuid
);
create unique index fact_once on fact (type, root_id) where reverses is null;
create trigger fact_append_only before update or delete or truncate on fact for each statement execute function refuse_change();

create table session (
  id text primary key,
  sealed bytea not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create table idempotency_key (
  actor text not null,
  procedure text not null,
  key text not null,
  body_digest text not null,
  response jsonb not null,
  created_at timestamptz not null default now(),
  primary key (actor, procedure, key)
);

-- ── catalogue ──────────────────────────────────────────────────────────────────────────────────────────────────────
create table organisation (
  uscc text primary key,
  name text not null,
  type text not null,
  region text not null,
  industry text,
  parent_uscc text,
  state text not null check (state in ('active', 'unverified', 'suspended')),
  verified_by text,
  verified_on date,
  rev bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- Label axes are ranks (see libs/scenario-sdk/src/label.ts): level L1=0 … CORE=5, pi 0–2, safety 0–1, share U=0 C=1 N=2, open oU=0 oC=1 oN=2.
create function label_floored(level smallint, pi smallint, safety smallint, share smallint, open smallint) returns boolean
  language sql immutable as $$
  select (level < 1 or open >= 1) and (level < 2 or open >= 2) and (level < 3 or share >= 1)
     and (pi < 1 or level >= 1) and (pi < 2 or level >= 3) and (safety < 1 or level >= 2)
     and (share < 1 or level >= 1) and (share < 2 or level >= 3) and (open < 1 or level >= 1)
     and level between 0 and 5 and pi between 0 and 2 and safety between 0 and 1 and share between 0 and 2 and open between 0 and 2
$$;

create table record (
  id text primary key,
  kind text not null check (kind in ('capability', 'opportunity', 'demonstration')),
  rev bigint not null check (rev > 0),
  stage text not null,
  suspended boolean not null default false,
  owner_uscc text not null references organisation (uscc),
  domain text not null,
  domains text[] not null,
  region text not null,
  scenario_kind text,
  core jsonb not null,
  attrs jsonb not null,
  attrs_schema integer not null,
  field_labels jsonb not null default '{}',
  classified boolean not null,
  label_version integer not null default 1,
  level smallint not null, pi smallint not null, safety smallint not null, share smallint not null, open smallint not null,
  joint_level smallint not null, joint_pi smallint not null, joint_safety smallint not null, joint_share smallint not null, joint_open smallint not null,
  unchecked boolean not null default false,
  first_published_on date,
  created_by text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint record_label_floored check (label_floored(level, pi, safety, share, open)),
  constraint record_joint_floored check (label_floored(joint_level, joint_pi, joint_safety, joint_share, joint_open))
);
create index record_owner on record (owner_uscc, updated_at);

create table record_revision (
  record_id text not null,
  rev bigint not null,
  verb text not null,
  stage text not null,
  core jsonb not null,
  attrs jsonb not null,
  attrs_schema integer not null,
  field_labels jsonb not null,
  label text not null,
  changed text[] not null,
  reasons jsonb not null default '[]',
  by_name text not null,
  by_role text not null,
  at timestamptz not null default now(),
  primary key (record_id, rev)
);

-- ── the shared read table of lists: own records by catalogue, the others by apply ───────────────────────────────────
create table listed_record (
  id text primary key,
  origin text not null,
  kind text not null,
  rev bigint not null,
  stage text not null,
  suspended boolean not null,
  viewed boolean not null,
  shape text not null check (shape in ('full', 'summary', 'listed', 'stub')),
  title text not null,
  summary text not null,
  outside_title text not null,
  outside_summary text not null,
  domain text not null,
  domains text[] not null,
  scenario_types text[] not null,
  region text not null,
  scenario_kind text not null,
  owner_uscc text not null,
  owner_name text not null,
  level smallint not null, pi smallint not null, safety smallint not null, share smallint not null, open smallint not null,
  joint_level smallint not null, joint_pi smallint not null, joint_safety smallint not null, joint_share smallint not null, joint_open smallint not null,
  classified boolean not null,
  facets jsonb not null default '{}',
  first_published_on date,
  response_deadline date,
  valid_until date,
  changed_at timestamptz not null,
  received_at timestamptz,
  search tsvector not null,
  outside_search tsvector not null,
  outside_text text not null,
  initials text not null,
  outside_initials text not null
) with (toast_tuple_target = 4080);   -- rows of two to four kilobytes are the rule: packing each costs more than the room it saves
create index listed_record_kind on listed_record (kind, first_published_on desc, id);
create index listed_record_origin on listed_record (origin, kind);
create index listed_record_owner on listed_record (owner_uscc);
create index listed_record_domains on listed_record using gin (domains);
create index listed_record_search on listed_record using gin (search);
create index listed_record_outside_search on listed_record using gin (outside_search);
create index listed_record_outside_text on listed_record using gin (outside_text gin_trgm_ops);

-- Catalogue's login may write its node's rows only, apply's login the others only: a right, not a convention.
create function keep_listed_apart() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare home text; app boolean; apply boolean;
begin
  select adcode into home from node_identity;
  app := pg_has_role(session_user, 'xiangjing_app', 'member');
  apply := pg_has_role(session_user, 'xiangjing_apply', 'member');
  -- runs for every row written: plain expressions, no query
  if app and not apply and (tg_op <> 'DELETE' and new.origin is distinct from home or tg_op <> 'INSERT' and old.origin is distinct from home) then
    raise exception 'listed_record: catalogue writes rows of % only', home using errcode = '42501';
  elsif apply and not app and (home = new.origin or home = old.origin) then
    raise exception 'listed_record: apply never writes rows of its own node %', home using errcode = '42501';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger listed_record_apart before insert or update or delete on listed_record for each row execute function keep_listed_apart();

-- ── federation: what leaves ────────────────────────────────────────────────────────────────────────────────────────
create table egress_cursor (single boolean primary key default true check (single), seq bigint not null);
insert into egress_cursor (seq) values (0);
create table feed (
  view text not null,
  epoch integer not null,
  seq bigint not null,
  record_id text not null,
  rev bigint not null,
  type text not null,
  bytes bytea not null,
  digest text not null,
  prev_digest text not null,
  signature text not null,
  created_at timestamptz not null default now(),
  primary key (view, epoch, seq)
);
create index feed_record on feed (view, record_id, seq desc);
create table feed_head (view text primary key, epoch integer not null, seq bigint not null, digest text not null);
create table projection_sent (
  view text not null,
  record_id text not null,
  rev bigint not null,
  state text not null check (state in ('live', 'retracted')),
  content_digest text not null,
  digest text not null,
  primary key (view, record_id)
);
create table egress_block (
  intent_id uuid not null,
  view text not null,
  record_id text not null,
  code text not null,
  reason text not null,
  at timestamptz not null default now(),
  primary key (intent_id, view)
);
create table push_cursor (
  view text primary key,
  epoch integer not null,
  seq bigint not null,
  acked_at timestamptz,
  attempted_at timestamptz,
  error_code text,
  error_text text,
  clock_skew_ms integer
);

-- ── federation: what arrives ───────────────────────────────────────────────────────────────────────────────────────
create table peer_cursor (
  origin text not null,
  view text not null,
  epoch integer not null,
  seq bigint not null,
  digest text not null,
  head_seq bigint not null,
  heard_at timestamptz not null,
  applied_at timestamptz,
  halted_code text,
  halted_reason text,
  halted_at timestamptz,
  primary key (origin, view)
);
create table relay (
  origin text not null,
  view text not null,
  epoch integer not null,
  seq bigint not null,
  record_id text not null,
  bytes bytea not null,
  digest text not null,
  signature text not null,
  received_at timestamptz not null default now(),
  primary key (origin, view, epoch, seq)
);
create table replica_bytes (
  origin text not null,
  view text not null,
  record_id text not null,
  epoch integer not null,
  seq bigint not null,
  rev bigint not null,
  type text not null,
  state text not null check (state in ('live', 'retracted')),
  reason text,
  bytes bytea not null,
  digest text not null,
  signature text not null,
  received_at timestamptz not null default now(),
  primary key (origin, view, record_id)
) with (toast_tuple_target = 4080);
create index replica_bytes_record on replica_bytes (record_id);
create table replica (
  origin text not null,
  record_id text primary key,
  kind text not null,
  rev bigint not null,
  state text not null check (state in ('live', 'retracted')),
  view text not null,
  reason text,
  document jsonb not null,
  received_at timestamptz not null
) with (toast_tuple_target = 4080);
create table replica_fact (
  fact_id text primary key,
  origin text not null,
  type text not null,
  root_id text not null,
  sealed boolean not null,
  occurred_on date not null,
  scenario_kind text,
  domains text[] not null,
  region text,
  received_at timestamptz not null default now()
);
create table inbox (
  origin text not null,
  view text not null,
  epoch integer not null,
  seq bigint not null,
  event_id text not null,
  record_id text not null,
  rev bigint not null,
  outcome text not null check (outcome in ('applied', 'stale', 'quarantined', 'unrendered', 'relayed')),
  code text,
  trace_id text,
  received_at timestamptz not null default now(),
  primary key (origin, view, epoch, seq)
);
create table quarantine (
  origin text not null,
  view text not null,
  epoch integer not null,
  seq bigint not null,
  code text not null,
  reason text not null,
  bytes bytea not null,
  signature text not null,
  at timestamptz not null default now(),
  primary key (origin, view, epoch, seq)
);
create table refusal (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  peer text,
  origin text,
  view text,
  code text not null,
  message text not null,
  remedy text not null
);

-- ── federation: who takes part ─────────────────────────────────────────────────────────────────────────────────────
create table registry (
  version integer primary key,
  document jsonb not null,
  bytes bytea not null,
  signature text not null,
  at timestamptz not null default now()
);
create table invitation (
  code_digest text primary key,
  adcode text not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

-- ── rights ─────────────────────────────────────────────────────────────────────────────────────────────────────────
revoke all on all tables in schema public from public;
revoke all on function label_floored(smallint, smallint, smallint, smallint, smallint), number_intents(), refuse_change(), keep_listed_apart() from public;
grant usage on schema public to xiangjing_app, xiangjing_egress, xiangjing_publisher, xiangjing_apply;
grant execute on function label_floored(smallint, smallint, smallint, smallint, smallint) to xiangjing_app;
grant select on node_identity, registry to xiangjing_app, xiangjing_egress, xiangjing_publisher, xiangjing_apply;

grant select, insert on audit, fact, record_revision to xiangjing_app;
-- not seq and xact: an intent that numbers itself would tear a hole
grant select, insert (id, record_id, rev, event, body, traceparent, recorded_at) on intent to xiangjing_app;
grant select, insert, update on organisation to xiangjing_app;
grant select, insert, update, delete on record, session, idempotency_key, invitation to xiangjing_app;
grant delete on record_revision to xiangjing_app;
grant select, insert, update, delete on listed_record to xiangjing_app;
grant insert on registry to xiangjing_app;
grant select on stream_head, egress_cursor, feed_head, egress_block, projection_sent, push_cursor, peer_cursor, replica, replica_fact, inbox, refusal to xiangjing_app;
grant select (origin, view, record_id, epoch, seq, rev, type, state, reason, digest, received_at) on replica_bytes to xiangjing_app;
grant select (origin, view, epoch, seq, code, reason, at) on quarantine to xiangjing_app;
grant select (view, epoch, seq, record_id, rev, type, digest, created_at) on feed to xiangjing_app;

grant select on intent, record, organisation, fact, stream_head to xiangjing_egress;
grant select, insert, update on feed, feed_head, projection_sent, egress_cursor to xiangjing_egress;
grant select, insert, delete on egress_block to xiangjing_egress;

grant select on feed, feed_head, relay, peer_cursor to xiangjing_publisher;
grant select, insert, update on push_cursor to xiangjing_publisher;
grant insert on refusal to xiangjing_publisher;

grant select, insert, update, delete on replica_bytes, replica, replica_fact, peer_cursor, relay, listed_record to xiangjing_apply;
grant select, insert on inbox, quarantine, refusal, registry to xiangjing_apply;
grant select, update on invitation to xiangjing_apply;
