-- The journey of a record is told to its home node by the publisher: ids, times and codes of what arrived, nothing of its content.
grant select (origin, view, epoch, seq, event_id, record_id, rev, outcome, code, received_at, road) on inbox to xiangjing_publisher;
grant select (origin, record_id, rev, state, view, received_at) on replica to xiangjing_publisher;
grant select (id, at, origin, view, record_id, rev, outcome) on repair to xiangjing_publisher;
