/** The same of scopes: a group in a group, ten deep, with one task at the bottom. */
import { builds } from '../seen/builds.js';

const DEPTH = 10;

export const name = 'seen-nesting';
export const title = `Scopes nested ${DEPTH} deep, without what can be seen and with it`;
export const sizes = [2_000];
export const unit = 'ns';
export const baseline = 'without';
export const contenders = ['without', 'as it is'];

const { without, asItIs } = await builds();

export function prepare(size) {
  const nest = ({ TaskGroup }) => {
    const open = async (depth, scope) => {
      if (depth === 0) return;
      const below = (group) => void group.createTask((context) => open(depth - 1, context));
      await TaskGroup.run(below, scope);
    };
    return async () => {
      for (let left = size; left > 0; left--) await open(DEPTH);
    };
  };
  return { without: nest(without), 'as it is': nest(asItIs) };
}
