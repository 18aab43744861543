-- Who watches a node asks every few seconds: what was applied today, the newest refusal of each feed, what a comparison told before.
create index inbox_received on inbox (received_at);
create index refusal_feed on refusal (origin, view, id desc);
create index repair_feed on repair (origin, view, outcome, at);

-- Nobody wrote it: how far a city's clock is off, the city knows itself (push_cursor.clock_skew_ms).
alter table peer_node drop column clock_offset_ms;
