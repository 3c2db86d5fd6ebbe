/** A value as a console shows it. */
export function shown(value) {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return shownError(value);
  if (typeof value === 'function') return `[Function ${value.name || '(anonymous)'}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof Map) return `Map ${json(Object.fromEntries(value))}`;
  if (value instanceof Set) return `Set ${json([...value])}`;
  return json(value);
}

function shownError(error) {
  const inner = Array.isArray(error.errors) ? error.errors : [];
  return [String(error), ...inner.map((each) => `  - ${shown(each)}`)].join('\n');
}

function json(value) {
  const seen = new Set();
  const plain = (_, each) => {
    if (typeof each === 'bigint') return `${each}n`;
    if (each instanceof Error) return String(each);
    if (typeof each !== 'object' || each === null) return each;
    if (seen.has(each)) return '[seen before]';
    seen.add(each);
    return each;
  };
  return JSON.stringify(value, plain) ?? String(value);
}
