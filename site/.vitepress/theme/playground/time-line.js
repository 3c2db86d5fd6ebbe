/** What is drawn of a run: a row for each scope and each task, in the order of the tree that they are. */

/** @param events what the worker of the program has told, in its order. */
export function timeLine(events, now) {
  const start = events.find(({ is }) => is === 'started')?.at ?? now;
  const returned = events.find(({ is }) => is === 'returned')?.at;
  const end = events.find(({ is }) => is === 'over')?.at ?? now;
  const latest = new Map(events.filter(({ is }) => is === 'row').map(({ row }) => [row.id, row]));
  const length = Math.max(end - start, 1);
  const share = (at) => Math.min(Math.max(((at - start) / length) * 100, 0), 100);
  return {
    start,
    length: length >= 1_000 ? `${(length / 1_000).toFixed(2)} s` : `${length} ms`,
    after: returned === undefined ? 0 : end - returned,
    rows: inOrder([...latest.values()]).map(([row, depth]) =>
      drawn(row, depth, end, share, latest),
    ),
  };
}

/** Each under what it stands in. */
function inOrder(rows, parent, depth = 0) {
  return rows
    .filter((row) => row.parent === parent)
    .flatMap((row) => [[row, depth], ...inOrder(rows, row.id, depth + 1)]);
}

function drawn(row, depth, end, share, rows) {
  const to = row.to ?? end;
  const bar = (is, from, until) => ({
    is,
    left: share(from),
    width: Math.max(share(until) - share(from), 0.5),
  });
  const since = cancelledAt(row, rows);
  // What heeds its signal ends in the millisecond in which it is cancelled, and has run until then.
  const isAtOnce = since === to && row.status === 'cancelled';
  const wasEnded = since < to ? row.status !== 'fulfilled' : isAtOnce;
  const bars = wasEnded
    ? [bar('until', row.from, since), bar('cancelled', since, to)]
    : [bar(row.status ?? 'running', row.from, to)];
  const isDue = row.deadline !== undefined && share(row.deadline) < 100;
  return {
    id: row.id,
    depth,
    name: row.name ?? row.kind,
    bars,
    marks: isDue ? [{ is: 'deadline', left: share(row.deadline) }] : [],
    title: [row.kind, row.status ?? 'running', `${to - row.from} ms`, row.why]
      .filter(Boolean)
      .join(' · '),
  };
}

/** A task is cancelled with its group, or the scope around it, unless it has ended before. */
function cancelledAt(row, rows) {
  if (row.status === 'rejected' && row.kind === 'task') return undefined;
  for (let at = row; at !== undefined; at = rows.get(at.parent)) {
    if (at.cancelledAt !== undefined) return at.cancelledAt;
  }
  return undefined;
}
