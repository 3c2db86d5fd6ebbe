// A method of an object that runs in another worker: what it is handed is copied to there, and a signal
// cannot be.
//
//   const room = env.ROOMS.get(id);        await room.join(user);          a Durable Object
//   await env.MAILER.send(letter);                                         a bound service
//   await room.fetch(url);                                                 a request takes its signal along
import type { TSESTree } from '@typescript-eslint/utils';

import { calledMember } from '../../syntax/property-name.js';
import type { Origin, Types } from '../../types/types.js';

type Call = TSESTree.CallExpression | TSESTree.NewExpression;

export function isRemote(call: Call, { types }: { readonly types: Types }): boolean {
  const member = calledMember(call);
  if (member === undefined || member.name === undefined || OWN.includes(member.name)) return false;
  const object = types.value(member.object);
  return OWN.every((name) => {
    const origin = object.memberOrigin(name);
    return origin !== undefined && isOfWorkers(origin);
  });
}

/** What `Fetcher` of workers-types has, which a stub and a bound service are. */
const OWN = ['connect', 'fetch'];

/** `@cloudflare/workers-types`, and what `wrangler types` writes into the project. */
function isOfWorkers({ parents, package: from, file }: Origin): boolean {
  return (
    parents.includes('Fetcher') ||
    from === '@cloudflare/workers-types' ||
    /worker-configuration\.d\.ts$/.test(file)
  );
}
