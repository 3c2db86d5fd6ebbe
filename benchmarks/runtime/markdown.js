/** The results as Markdown. */

export function heading(versions, processor, rounds) {
  const list = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `${list.join(' · ')}\n\nMeasured on ${processor}, ${rounds === 1 ? 'in one round' : `median of ${rounds} rounds`}.\n`;
}

/** A row for each contender, a column for each Node; with several sizes, a table for each Node. */
export function table(definition, nodes, results) {
  const several = results[0].length > 1;
  const tables = several
    ? nodes.map((node, index) => [
        `, Node ${node}`,
        results[index].map((result) => ({ head: power(result.size), ...result })),
      ])
    : [['', nodes.map((node, index) => ({ head: `Node ${node}`, ...results[index][0] }))]];
  return tables
    .map(([where, columns]) => `### ${definition.title}${where}\n\n${rowsOf(definition, columns)}`)
    .join('\n');
}

function rowsOf({ unit, per = 'task', baseline, contenders }, columns) {
  const rows = contenders.map((contender) => [
    contender === baseline ? `${contender} (1)` : contender,
    ...columns.map(({ medians, base }) =>
      cell(medians.get(contender), base, contender === baseline, unit),
    ),
  ]);
  return markdown([`${unit} per ${per}`, ...columns.map(({ head }) => head)], rows);
}

function cell(value, base, isBaseline, unit) {
  if (value === undefined) return '–';
  const larger = { ns: 'µs', bytes: 'kB' }[unit];
  const amount =
    value < 10_000 ? `${Math.round(value)} ${unit}` : `${Math.round(value / 1_000)} ${larger}`;
  return isBaseline ? amount : `**${(value / base).toFixed(2)}** · ${amount}`;
}

export function markdown(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, index) => (index === 0 ? '---' : '--:'));
  return `${[head, rule, ...rows].map(line).join('\n')}\n`;
}

function power(size) {
  const exponents = { 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶' };
  return `10${exponents[Math.log10(size)]}`;
}
