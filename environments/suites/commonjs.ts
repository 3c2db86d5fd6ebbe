/** A program in CommonJS: `require` of the platform gives it the package, which is ES modules. */
import { createRequire } from 'node:module';
import { test } from 'node:test';

import type * as Mooring from 'mooring';

import { programs } from '../programs.js';

const require = createRequire(import.meta.url);
const mooring = require('mooring') as typeof Mooring;

for (const [name, program] of Object.entries(programs)) test(name, () => program(mooring));
