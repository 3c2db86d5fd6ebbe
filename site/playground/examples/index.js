/**
 * The examples of the playground: what each is linted with, what is reported in it, and what it prints.
 * `npm run test:site` opens each, and looks whether it does.
 */
export const EXAMPLES = [
  {
    name: 'leak',
    title: 'A leak',
    preset: 'structured',
    reports: ['prefer-task-group'],
    prints: ['no order: Error: the card is refused', 'the parcel is on its way'],
  },
  {
    name: 'group',
    title: 'The same in a group',
    preset: 'structured',
    reports: [],
    prints: ['no order: Error: the card is refused'],
  },
  {
    name: 'forgotten-await',
    title: 'A forgotten await',
    preset: 'recommended',
    reports: ['no-floating-promises'],
    prints: ['all is saved', 'saved ropes', 'Uncaught Error: no room for sails'],
  },
  {
    name: 'for-each',
    title: 'forEach does not wait',
    preset: 'recommended',
    reports: ['no-async-void-callback'],
    prints: ['0 pages', 'read /ropes', 'read /sails'],
  },
  {
    name: 'race',
    title: 'A race is no deadline',
    preset: 'structured',
    reports: ['no-race-timeout'],
    prints: ['page 1', 'too slow', 'page 2', 'page 3', 'page 4'],
  },
  {
    name: 'deadline',
    title: 'A deadline',
    preset: 'strict',
    reports: [],
    prints: ['the cache answers instead'],
  },
  {
    name: 'limit',
    title: 'Three at a time',
    preset: 'strict',
    reports: [],
    prints: ['8 pages'],
  },
  {
    name: 'hedge',
    title: 'The first answer counts',
    preset: 'strict',
    reports: [],
    prints: ['west answers'],
  },
  {
    name: 'retry',
    title: 'Try again, within a deadline',
    preset: 'strict',
    reports: [],
    prints: ['attempt 1', 'attempt 2', 'attempt 3', 'it is there'],
  },
  {
    name: 'background',
    title: 'A heartbeat beside the work',
    preset: 'strict',
    reports: [],
    prints: ['beat', 'beat', 'beat', 'work is done'],
  },
  {
    name: 'lost-signal',
    title: 'A signal that does not arrive',
    preset: 'strict',
    reports: ['forward-signal'],
    prints: ['too late', 'only now it ends'],
  },
  {
    name: 'virtual-time',
    title: 'An hour in no time',
    preset: 'strict',
    reports: [],
    prints: ['60 attempts in 60 minutes'],
  },
];
