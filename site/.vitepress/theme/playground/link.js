/** A link carries the code in its hash: which no server gets to see. Compressed, for the sake of chats. */
export async function hashOf({ text, preset }) {
  const packed = await through(
    new CompressionStream('deflate-raw'),
    new TextEncoder().encode(text),
  );
  const letters = btoa(String.fromCharCode(...packed));
  return `#${preset}/${letters.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}

/** @returns what {@link hashOf} was given, or `undefined` for any other hash. */
export async function readHash(hash) {
  const [, preset, letters] = /^#(recommended|structured|strict)\/([\w-]+)$/.exec(hash) ?? [];
  if (letters === undefined) return undefined;
  try {
    const packed = atob(letters.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(packed, (letter) => letter.charCodeAt(0));
    const text = await through(new DecompressionStream('deflate-raw'), bytes);
    return { preset, text: new TextDecoder().decode(text) };
  } catch {
    return undefined; // Cut off on its way.
  }
}

async function through(stream, bytes) {
  const blob = new Blob([bytes]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(blob).arrayBuffer());
}
