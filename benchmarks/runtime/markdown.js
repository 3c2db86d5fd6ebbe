/** The results as Markdown. */

export function heading(versions, processor) {
  const list = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `${list.join(' · ')}\n\nMeasured on ${processor}.\n`;
}

/** One table for a case: a row for each contender, a column for each size on each Node. */
export function table({ title, unit, baseline, contenders }, nodes, results) {
  const columns = nodes.flatMap((node, index) =>
    results[index].map((result) => ({ node, ...result })),
  );
  const several = results[0].length > 1;
  const head = columns.map(({ node, size }) =>
    several ? `${power(size)}, Node ${node}` : `Node ${node}`,
  );
  const rows = contenders.map((contender) => [
    contender === baseline ? `${contender} (1)` : contender,
    ...columns.map(({ medians, base }) =>
      cell(medians.get(contender), base, contender === baseline, unit),
    ),
  ]);
  return `### ${title}\n\n${markdown([`${unit} per task`, ...head], rows)}`;
}

function cell(value, base, isBaseline, unit) {
  if (value === undefined) return '–';
  const amount = `${value < 10_000 ? Math.round(value) : `${Math.round(value / 1_000)}k`} ${unit}`;
  return isBaseline ? amount : `**${(value / base).toFixed(2)}** · ${amount}`;
}

export function markdown(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, index) => (index === 0 ? '---' : '--:'));
  return `${[head, rule, ...rows].map(line).join('\n')}\n`;
}

function power(size) {
  const exponents = { 3: '³', 4: '⁴', 5: '⁵', 6: '⁶' };
  return `10${exponents[Math.log10(size)]}`;
}
