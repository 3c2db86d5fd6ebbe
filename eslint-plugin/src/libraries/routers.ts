// Routers, which end a navigation that another one overtakes.
import type { LibraryRow } from './row.js';

const REACT_ROUTER: readonly string[] = [
  '@remix-run/react',
  '@remix-run/router',
  'react-router',
  'react-router-dom',
];

const REACT_ROUTER_SOURCE = {
  repository: 'remix-run/react-router',
  path: 'packages/react-router/lib/router/router.ts',
};

export const ROUTERS: readonly LibraryRow[] = [
  {
    library: 'React Router',
    fact: 'result',
    packages: REACT_ROUTER,
    types: ['FetcherSubmitFunction', 'NavigateFunction', 'SubmitFunction'],
    step: 'all',
    because: 'The error of a loader or an action is a result, and goes to the error boundary.',
    source: REACT_ROUTER_SOURCE,
  },
  {
    library: 'React Router',
    fact: 'result',
    packages: REACT_ROUTER,
    names: ['load', 'navigate', 'revalidate', 'submit'],
    step: 'all',
    because: 'The error of a loader or an action is a result, and goes to the error boundary.',
    source: REACT_ROUTER_SOURCE,
  },
  {
    library: 'Next.js',
    fact: 'result',
    packages: ['next'],
    names: ['push', 'replace'],
    step: 'recommended',
    because:
      'An error is logged, told to `routeChangeError`, and shown by the error page. Then the promise rejects.',
    source: { repository: 'vercel/next.js', path: 'packages/next/src/shared/lib/router/router.ts' },
  },
  {
    library: 'Vue Router',
    fact: 'result',
    packages: ['vue-router'],
    names: ['push', 'replace'],
    step: 'recommended',
    because: 'An error goes to the handlers of `onError`, or is logged. Then the promise rejects.',
    source: { repository: 'vuejs/router', path: 'packages/router/src/router.ts' },
  },
  {
    library: 'Nuxt',
    fact: 'result',
    packages: ['nuxt'],
    names: ['navigateTo'],
    step: 'recommended',
    because: 'It is `push` or `replace` of Vue Router.',
    source: { repository: 'nuxt/nuxt', path: 'packages/nuxt/src/app/composables/router.ts' },
  },
  {
    library: 'Angular Router',
    fact: 'result',
    packages: ['@angular/router'],
    of: ['Router'],
    names: ['navigate', 'navigateByUrl'],
    step: 'recommended',
    because: 'An error is an event and goes to the error handler. Then the promise rejects.',
    source: { repository: 'angular/angular', path: 'packages/router/src/router.ts' },
  },
];
