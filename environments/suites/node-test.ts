import { test } from 'node:test';

import * as mooring from 'mooring';
import * as testing from 'mooring/testing';

import { programs } from '../programs.js';
import { testingPrograms } from '../testing-programs.js';

for (const [name, program] of Object.entries(programs)) test(name, () => program(mooring));
for (const [name, program] of Object.entries(testingPrograms)) {
  test(name, () => program(testing, mooring));
}
