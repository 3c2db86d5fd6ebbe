export const PRESETS = ['recommended', 'structured', 'strict'] as const;

/** A step that a code base climbs. */
export type Preset = (typeof PRESETS)[number];
