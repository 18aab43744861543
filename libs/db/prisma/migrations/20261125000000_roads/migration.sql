-- Feeds travel by two roads: over HTTPS, and through a log of topics (Kafka). What each side keeps of the second, which road brought
-- what, and what a comparison of digests found.

-- How far own feeds are in the log, as the brokers acknowledged it. The incarnation marks one life of the topic.
create table log_cursor (
  view text primary key,
  epoch integer not null,
  seq bigint not null,
  incarnation text not null,
  log_offset bigint not null,
  acked_at timestamptz,
  attempted_at timestamptz,
  error_code text,
  error_text text
);

-- Where reading of a topic goes on (a hint: the cursor is epoch and seq), by which road the feed last moved, and since when it waits
-- for events that neither road has brought.
alter table peer_cursor
  add column incarnation text,
  add column log_offset bigint,
  add column road text not null default 'https' check (road in ('kafka', 'https')),
  add column degraded_at timestamptz,
  add column degraded_reason text;
alter table push_cursor add column road text not null default 'https' check (road in ('kafka', 'https'));
alter table inbox add column road text not null default 'https' check (road in ('kafka', 'https'));

-- What a node says of itself in its heartbeats.
create table peer_node (
  adcode text primary key,
  release text not null,
  wire_generation integer not null,
  clock_offset_ms integer,
  heard_at timestamptz not null
);

-- Comparisons of what an origin sent with what is held here; the newest per feed, and each repair that one led to.
create table comparison (
  origin text not null,
  view text not null,
  at timestamptz not null,
  epoch integer not null,
  seq bigint not null,
  equal boolean not null,
  repaired integer not null default 0,
  unknown integer not null default 0,
  primary key (origin, view)
);
create table repair (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  origin text not null,
  view text not null,
  record_id text not null,
  rev bigint not null,
  outcome text not null check (outcome in ('restored', 'replaced', 'refused', 'not-sent-by-origin')),
  reason text
);

revoke all on log_cursor, peer_node, comparison, repair from public;
grant select, insert, update on log_cursor to xiangjing_publisher;
grant select on log_cursor, peer_node, comparison, repair to xiangjing_app;
grant select, insert, update on peer_node, comparison to xiangjing_apply;
grant select, insert on repair to xiangjing_apply;
grant select on peer_node to xiangjing_publisher;
