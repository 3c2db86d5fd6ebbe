import * as mooring from 'mooring';
import { test } from 'vitest';

import { programs } from '../dist/programs.js';

test.each(Object.entries(programs))('%s', (_name, program) => program(mooring));
