import plugin from 'eslint-plugin-mooring';

/** Where the page of a rule is read: `mooring/no-floating-promises`. */
export function rulePage(ruleId: string): string | undefined {
  return plugin.rules?.[ruleId.replace(/^mooring\//, '')]?.meta?.docs?.url;
}
