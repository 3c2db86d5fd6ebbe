// Clients that fetch, keep the result, and show its error where the result is shown.
import type { LibraryRow } from './row.js';

const TANSTACK = { repository: 'TanStack/query', path: 'packages/query-core/src/queryClient.ts' };

const TANSTACK_PACKAGES: readonly string[] = [
  '@tanstack/query-core',
  '@tanstack/vue-query',
  'react-query',
];

export const QUERIES: readonly LibraryRow[] = [
  {
    library: 'TanStack Query',
    fact: 'result',
    packages: TANSTACK_PACKAGES,
    of: ['QueryClient'],
    names: ['cancelQueries', 'invalidateQueries', 'refetchQueries', 'resetQueries'],
    unless: { option: 'throwOnError' },
    swallows: true,
    step: 'all',
    because: 'The query keeps its error, and the promise swallows it.',
    source: TANSTACK,
  },
  {
    library: 'TanStack Query',
    fact: 'result',
    packages: TANSTACK_PACKAGES,
    of: ['QueryClient'],
    names: ['prefetchInfiniteQuery', 'prefetchQuery'],
    swallows: true,
    step: 'all',
    because: 'The query keeps its error, and the promise swallows it.',
    source: TANSTACK,
  },
  {
    library: 'TanStack Query',
    fact: 'result',
    packages: TANSTACK_PACKAGES,
    names: ['fetchNextPage', 'fetchPreviousPage', 'refetch'],
    unless: { option: 'throwOnError' },
    swallows: true,
    step: 'all',
    because: 'The result of the query has its error, and the promise swallows it.',
    source: { repository: 'TanStack/query', path: 'packages/query-core/src/queryObserver.ts' },
  },
  {
    library: 'tRPC',
    fact: 'result',
    packages: ['@trpc/react-query'],
    names: ['cancel', 'invalidate', 'prefetch', 'prefetchInfinite', 'refetch', 'reset'],
    unless: { option: 'throwOnError' },
    swallows: true,
    step: 'all',
    because:
      'It hands on to TanStack Query: the query keeps its error, and the promise swallows it.',
    source: {
      repository: 'trpc/trpc',
      path: 'packages/react-query/src/shared/proxy/utilsProxy.ts',
    },
  },
  {
    library: 'SWR',
    fact: 'result',
    packages: ['swr'],
    types: ['KeyedMutator'],
    unless: { argumentsOver: 0 },
    step: 'all',
    because:
      'Without data it revalidates, and the hook keeps the error. With data it rejects when the data does.',
    source: { repository: 'vercel/swr', path: 'src/_internal/utils/mutate.ts' },
  },
  {
    library: 'SWR',
    fact: 'result',
    packages: ['swr'],
    types: ['ScopedMutator'],
    unless: { argumentsOver: 1 },
    step: 'all',
    because:
      'Without data it revalidates, and the hook keeps the error. With data it rejects when the data does.',
    source: { repository: 'vercel/swr', path: 'src/_internal/utils/mutate.ts' },
  },
  {
    library: 'Redux Toolkit',
    fact: 'result',
    packages: ['@reduxjs/toolkit'],
    members: ['__linterBrands', 'unwrap'],
    swallows: true,
    step: 'all',
    because:
      'What `dispatch` gives for a thunk never rejects: its error is an action. What `unwrap()` gives does.',
    source: {
      repository: 'reduxjs/redux-toolkit',
      path: 'packages/toolkit/src/createAsyncThunk.ts',
    },
  },
  {
    library: 'Dexie',
    fact: 'zone',
    packages: ['dexie'],
    names: ['transaction', 'upgrade'],
    step: 'all',
    because:
      'The transaction ends when each request in it has, and one that fails and that nobody handles aborts it.',
    source: { repository: 'dexie/Dexie.js', path: 'src/classes/dexie/transaction-helpers.ts' },
  },
  {
    library: 'Nuxt',
    fact: 'result',
    packages: ['nuxt'],
    of: ['_AsyncData', 'AsyncData'],
    names: ['execute', 'refresh'],
    swallows: true,
    step: 'all',
    because: 'Its `error` has the error, and the promise swallows it.',
    source: { repository: 'nuxt/nuxt', path: 'packages/nuxt/src/app/composables/asyncData.ts' },
  },
];
