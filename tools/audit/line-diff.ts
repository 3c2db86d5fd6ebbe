/**
 * What a change takes away and puts, as `- old` and `+ new` with the number of the line. Lines that
 * stay are left out: a suggestion that adds an import is one change of all that lies between.
 */
export function lineDiff(before: string, after: string): string {
  const [old, put] = [before.split('\n'), after.split('\n')];
  const start = firstDifference(old, put);
  const end = firstDifference(old.slice(start).reverse(), put.slice(start).reverse());
  const gone = old.slice(start, old.length - end);
  const come = put.slice(start, put.length - end);
  const stays = longestCommon(gone, come);
  const shown: string[] = [];
  let [at, to] = [0, 0];
  while (at < gone.length || to < come.length) {
    if (at < gone.length && gone[at] === come[to]) {
      [at, to] = [at + 1, to + 1];
    } else if (
      to === come.length ||
      (at < gone.length && stays[at + 1]![to]! >= stays[at]![to + 1]!)
    ) {
      shown.push(numbered('-', start + at, gone[at]!));
      at += 1;
    } else {
      shown.push(numbered('+', start + to, come[to]!));
      to += 1;
    }
  }
  return shown.join('\n');
}

function firstDifference(old: readonly string[], put: readonly string[]): number {
  const index = old.findIndex((line, at) => line !== put[at]);
  return index === -1 ? old.length : index;
}

/** At `[at][to]`, how many lines at most the old has in common with the new from there. */
function longestCommon(old: readonly string[], put: readonly string[]): Uint32Array[] {
  const table = Array.from({ length: old.length + 1 }, () => new Uint32Array(put.length + 1));
  for (let at = old.length - 1; at >= 0; at -= 1) {
    for (let to = put.length - 1; to >= 0; to -= 1) {
      table[at]![to] =
        old[at] === put[to]
          ? table[at + 1]![to + 1]! + 1
          : Math.max(table[at + 1]![to]!, table[at]![to + 1]!);
    }
  }
  return table;
}

function numbered(mark: string, index: number, line: string): string {
  return `${mark} ${String(index + 1).padStart(5)} ${line}`;
}
