/**
 * The source files, as a config of ESLint names them. A pattern that ends with a star alone matches no
 * file by itself, and nothing of it is linted.
 */
export const SOURCE_PATTERNS: readonly string[] = ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'];
