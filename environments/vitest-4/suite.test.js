import * as mooring from 'mooring';
import * as testing from 'mooring/testing';
import { test } from 'vitest';

import { programs } from '../dist/programs.js';
import { testingPrograms } from '../dist/testing-programs.js';

test.each(Object.entries(programs))('%s', (_name, program) => program(mooring));
test.each(Object.entries(testingPrograms))('%s', (_name, program) => program(testing, mooring));
