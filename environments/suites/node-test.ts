import { test } from 'node:test';

import * as mooring from 'mooring';

import { programs } from '../programs.js';

for (const [name, program] of Object.entries(programs)) test(name, () => program(mooring));
