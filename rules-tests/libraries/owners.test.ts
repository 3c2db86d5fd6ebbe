import { describeRule } from '../support/describe-rule.js';

describeRule('no-floating-promises', {
  allows: {
    'F21: TanStack Query, whose queries keep their errors': `
      import { QueryClient } from '@tanstack/query-core';
      import { useQueryClient } from '@tanstack/react-query';
      const client = useQueryClient();
      function save(queryClient: QueryClient) {
        queryClient.prefetchQuery({ queryKey: ['a'] });
        void client.invalidateQueries({ queryKey: ['a'] });
        client.invalidateQueries().then(() => console.log('done'));
      }
    `,
    'F21: what is taken out of the result of a query': `
      import { useQuery } from '@tanstack/react-query';
      declare const load: () => Promise<string>;
      const { data, refetch: again } = useQuery(load);
      const query = useQuery(load);
      function onClick() {
        again();
        query.refetch();
        console.log(data);
      }
    `,
    'F21: tRPC, which hands on to TanStack Query': `
      import { useUtils } from '@trpc/react-query';
      const utils = useUtils();
      function onClick() {
        utils.posts.list.invalidate();
        utils.posts.list.prefetch();
      }
    `,
    'a function that awaits nothing but what a query keeps the error of': {
      code: `
      import { useQuery } from '@tanstack/react-query';
      import { useUtils } from '@trpc/react-query';
      declare const load: () => Promise<string>;
      const { refetch } = useQuery(load);
      const utils = useUtils();
      export const more = async () => {
        await refetch();
        await utils.posts.list.invalidate();
      };
      export async function start() {
        more();
        await load();
      }
    `,
      options: { reports: 'mistakes' },
    },
    'F21: a navigation of React Router, whose errors go to the error boundary': `
      import { useNavigate, useRevalidator } from 'react-router';
      const navigate = useNavigate();
      const { revalidate } = useRevalidator();
      function leave() {
        navigate('/');
        revalidate();
      }
    `,
    'F21: SWR, asked to revalidate': `
      import useSWR, { mutate } from 'swr';
      const { mutate: again } = useSWR<string>('/user');
      function refresh() {
        again();
        mutate('/posts');
      }
    `,
    'in recommended what is given back to a pool of generic-pool': {
      code: `
      import { createPool } from 'generic-pool';
      const pool = createPool({ create: async () => ({ size: 1 }), destroy: async () => {} });
      export async function read() {
        const client = await pool.acquire();
        try {
          return await Promise.resolve(client.size);
        } finally {
          pool.release(client);
        }
      }
    `,
      options: { reports: 'mistakes' },
    },
    'what is pushed into a Repeater, who tells its reader of the error': `
      import { Repeater } from '@repeaterjs/repeater';
      export const ticks = new Repeater<number>(async (push, stop) => {
        const timer = setInterval(() => push(Date.now()), 1000);
        push(0);
        await stop;
        clearInterval(timer);
      });
    `,
    'F21: a thunk of Redux Toolkit, which never rejects': `
      import type { ThunkDispatch, ThunkResult } from '@reduxjs/toolkit';
      declare const dispatch: ThunkDispatch;
      declare const fetchUser: () => ThunkResult<string>;
      declare const useMutation: () => [(name: string) => ThunkResult<string>];
      const [rename] = useMutation();
      function onClick() {
        dispatch(fetchUser);
        rename('a');
      }
    `,
    'F21: nextTick with a plain function': `
      import { nextTick } from 'vue';
      declare const input: HTMLInputElement;
      function open() {
        nextTick(() => input.focus());
        nextTick(() => { input.focus(); });
      }
    `,
    'manten, which waits for the tests of a suite, and whose run they fail': `
      import { describe, test } from 'manten';
      declare function load(): Promise<void>;
      const pages = () => describe('pages', () => { test('opens', load); });
      describe('all', async () => {
        await load();
        test('loads', async () => { await load(); });
        describe('parts', () => { test('loads', load); });
      });
      await pages();
    `,
    'a language client, which tells a person that it has not started': {
      code: `
        import { LanguageClient } from 'vscode-languageclient';
        export async function activate(client: LanguageClient) {
          await Promise.resolve();
          client.start();
          return client;
        }
      `,
      options: { reports: 'mistakes' },
    },
    'F21: routers that tell somebody of the error, in recommended': {
      options: { reports: 'mistakes' },
      code: `
        import type { Router as AngularRouter } from '@angular/router';
        import { useRouter as useNextRouter } from 'next/router';
        import type { Socket } from 'socket.io';
        import { useRouter } from 'vue-router';
        const router = useRouter();
        const pages = useNextRouter();
        const { push } = useNextRouter();
        function leave(angular: AngularRouter, socket: Socket) {
          router.push('/');
          pages.push('/');
          push('/');
          angular.navigate(['/']);
          socket.join('room');
        }
      `,
    },
    'i18next and the pages of Electron, which handle the error themselves': `
      import { BrowserWindow } from 'electron';
      import i18n from 'i18next';
      function start(window: BrowserWindow) {
        window.loadURL('https://example.com');
        i18n.changeLanguage('de');
      }
    `,
    'Dexie, which waits for each request of a transaction': `
      import { Dexie } from 'dexie';
      const db = new Dexie();
      db.version(2).upgrade((tx) => {
        tx.table('pages').clear();
        for (const name of ['a', 'b']) {
          void tx.table(name).clear();
        }
      });
      export const clear = () =>
        db.transaction('rw', db.table('pages'), () => {
          ['a', 'b'].forEach((name) => {
            db.table(name).clear();
          });
        });
    `,
    'a box of Electron, which only ends with an answer, and a move of a view': `
      import { dialog, shell } from 'electron';
      import { useReactFlow, type ReactFlowInstance } from '@xyflow/react';
      const { fitView, zoomTo } = useReactFlow();
      async function warn(message: string) {
        await dialog.showMessageBox({ message });
      }
      function onClick(flow: ReactFlowInstance) {
        dialog.showMessageBox({ message: 'saved' });
        shell.openPath('/tmp/a');
        fitView();
        flow.fitView({ padding: 1 });
        void zoomTo(2);
      }
    `,
    'act of React with a function that gives no promise: all is done when it returns': `
      import { act } from '@testing-library/react';
      import { act as actInDom } from 'react-dom/test-utils';
      declare const page: any;
      declare const clock: { advance(ms: number): typeof clock };
      const step = () => clock.advance(5);
      it('shows', () => {
        act(() => clock.advance(10));
        act(step);
        actInDom(() => {
          page.setState({ open: true });
        });
      });
    `,
  },
  reports: {
    'what is no request of a transaction of Dexie': `
      import { Dexie } from 'dexie';
      const db = new Dexie();
      export function start(listen: (each: () => void) => void) {
        db.open();
        ~~~~~~~~~ floating
        listen(() => {
          db.table('pages').clear();
          ~~~~~~~~~~~~~~~~~~~~~~~~~ floating
        });
        return db.transaction('rw', db.table('pages'), () => {
          fetch('/');
          ~~~~~~~~~~ given
        });
      }
    `,
    'act of React with a function that gives one, and other calls of Electron and of a view': `
      import { act } from '@testing-library/react';
      import { dialog, shell } from 'electron';
      import { useReactFlow } from '@xyflow/react';
      declare const load: () => Promise<void>;
      const { deleteElements } = useReactFlow();
      export function start() {
        act(() => load());
        ~~~~~~~~~~~~~~~~~ floating
        act(load);
        ~~~~~~~~~ floating
        dialog.showOpenDialog({ title: 'a' });
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
        shell.openExternal('https://example.com');
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
        deleteElements({ nodes: [] });
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
      }
    `,
    'what rejects, of the same libraries': `
      import type { ThunkDispatch, ThunkResult } from '@reduxjs/toolkit';
      import { useQueryClient } from '@tanstack/react-query';
      import { shell } from 'electron';
      import { mutate } from 'swr';
      declare const dispatch: ThunkDispatch;
      declare const fetchUser: () => ThunkResult<string>;
      declare const rename: () => Promise<string>;
      const client = useQueryClient();
      function onClick() {
        client.fetchQuery({ queryKey: ['a'] });
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
        dispatch(fetchUser).unwrap();
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
        shell.openExternal('https://example.com');
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
        mutate('/user', rename());
        ~~~~~~~~~~~~~~~~~~~~~~~~~ floating
      }
    `,
    'F21: the same routers, in structured': `
      import type { Router as AngularRouter } from '@angular/router';
      import { useRouter as useNextRouter } from 'next/router';
      import type { Socket } from 'socket.io';
      import { useRouter } from 'vue-router';
      const router = useRouter();
      const { push } = useNextRouter();
      function leave(angular: AngularRouter, socket: Socket) {
        router.push('/');
        ~~~~~~~~~~~~~~~~ floating
        push('/');
        ~~~~~~~~~ floating
        angular.navigate(['/']);
        ~~~~~~~~~~~~~~~~~~~~~~~ floating
        socket.join('room');
        ~~~~~~~~~~~~~~~~~~~ maybe
      }
    `,
    'a call with the option to reject': `
      import { useQuery, useQueryClient } from '@tanstack/react-query';
      declare const load: () => Promise<string>;
      const { refetch } = useQuery(load);
      const client = useQueryClient();
      function onClick() {
        refetch({ throwOnError: true });
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
        client.invalidateQueries({ queryKey: [] }, { throwOnError: true });
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
      }
    `,
    'work that hangs on what a library has': `
      import { useQueryClient } from '@tanstack/react-query';
      import { nextTick } from 'vue';
      declare function save(): Promise<void>;
      const client = useQueryClient();
      function onClick() {
        client.invalidateQueries().then(() => save());
        ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
        nextTick(() => save());
        ~~~~~~~~~~~~~~~~~~~~~~ floating
        nextTick(async () => {
        ~~~~~~~~~~~~~~~~~~~~~~… floating
          await save();
        });
      }
    `,
    'a namesake: names alone tell nothing': `
      class QueryClient {
        async invalidateQueries(): Promise<void> {
          await fetch('/');
        }
      }
      interface NavigateFunction {
        (to: string): Promise<void>;
      }
      declare const navigate: NavigateFunction;
      function onClick(client: QueryClient) {
        client.invalidateQueries();
        ~~~~~~~~~~~~~~~~~~~~~~~~~~ floating
        navigate('/');
        ~~~~~~~~~~~~~ floating
      }
    `,
  },
  misses: {},
});

describeRule('no-ungrouped-task', {
  allows: {
    'a promise that a library has, kept for a moment': `
      import { useQueryClient } from '@tanstack/react-query';
      declare function load(): Promise<string>;
      const client = useQueryClient();
      async function open() {
        const warm = client.prefetchQuery({ queryKey: ['a'] });
        console.log(await load());
        await warm;
      }
    `,
  },
  reports: {
    'one that rejects': `
      import { useQueryClient } from '@tanstack/react-query';
      declare function load(): Promise<string>;
      const client = useQueryClient();
      async function open() {
        const first = client.fetchQuery({ queryKey: ['a'] });
                      ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ meanwhile
        console.log(await load());
        await first;
      }
    `,
  },
  misses: {},
});

describeRule('no-async-void-callback', {
  allows: {
    'F2: a describe whose types another package brought along': `
      describe('users', async () => {
        await import('node:fs');
      });
      describe.only('users', async () => {
        await import('node:fs');
      });
    `,
    'F2: a describe of Playwright, which says so itself': `
      import { test } from '@playwright/test';
      test.describe('users', async () => {
        await import('node:fs');
      });
    `,
    'F6: a handler that a framework made': `
      import { createServer } from 'node:http';
      import Koa from 'koa';
      const app = new Koa();
      createServer(app.callback()).listen(80);
    `,
    'an event of VS Code, in recommended: its host logs the error': {
      options: { reports: 'mistakes' },
      code: `
        import * as vscode from 'vscode';
        declare function index(file: string): Promise<void>;
        vscode.workspace.onDidSaveTextDocument(async (event) => {
          await index(event.fileName);
        });
      `,
    },
    'a function that gives what a library has': `
      import { useQuery, useQueryClient } from '@tanstack/react-query';
      declare const load: () => Promise<string>;
      const { refetch } = useQuery(load);
      const client = useQueryClient();
      setTimeout(refetch, 100);
      setInterval(() => client.invalidateQueries(), 1000);
    `,
  },
  reports: {
    'M6: an event of VS Code, whose listener returns any': `
      import * as vscode from 'vscode';
      declare function index(file: string): Promise<void>;
      vscode.workspace.onDidSaveTextDocument(async (event) => {
                                             ~~~~~~~~~~~~~~~~… callback
        await index(event.fileName);
      });
      function watch(onSave: vscode.Event<{ fileName: string }>) {
        onSave((event) => index(event.fileName));
               ~~~~~~~~~~ callback
      }
    `,
    'a describe of nobody in particular': `
      declare function suite(name: string, fn: () => void): void;
      suite('users', async () => {
                     ~~~~~~~~~~~ callback
        await import('node:fs');
      });
    `,
  },
  misses: {},
});
