/** The first script of a page: runs the programs, one after another. */
import * as mooring from 'mooring';

import { programs } from '../programs.js';

const ran: string[] = [];
for (const [name, program] of Object.entries(programs)) {
  try {
    await program(mooring);
    ran.push(name);
  } catch (error) {
    console.error(`${name}: ${String(error)}`);
  }
}
Object.assign(globalThis, { ran });
