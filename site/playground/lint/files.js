/** The files that there are in the page: declarations, and the program that is written there. */
export const PROGRAM = '/program.ts';

export const files = new Map();

export async function loadFiles() {
  const response = await fetch(new URL('files.json', import.meta.url));
  if (!response.ok) throw new Error(`files.json: ${response.status} ${response.statusText}`);
  for (const [path, text] of Object.entries(await response.json())) files.set(path, text);
}

export function isFolder(path) {
  const start = path.endsWith('/') ? path : `${path}/`;
  for (const file of files.keys()) if (file.startsWith(start)) return true;
  return false;
}
