import { SIGNAL_PROPERTIES } from '../vocabulary.js';

/** Whether a property, or a name, is called as abort signals are. */
export function isSignalName(name: string | undefined): boolean {
  return SIGNAL_PROPERTIES.some((other) => other === name);
}
