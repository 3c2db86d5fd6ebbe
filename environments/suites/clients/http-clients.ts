import http from 'node:http';

import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import axios from 'axios';
import got from 'got';
import ky from 'ky';
import nodeFetch from 'node-fetch';
import OpenAI from 'openai';
import * as undici from 'undici';

import type { Client } from './client.js';

const openai = (url: string): OpenAI => new OpenAI({ apiKey: 'none', baseURL: url });
const question = { model: 'none', messages: [] };

export const httpClients: readonly Client[] = [
  {
    name: '`fetch`',
    takes: '`{ signal }`',
    start: ({ signal }, { url }) => fetch(url, { signal }),
  },
  {
    name: '`fetch`, the body',
    takes: '`{ signal }`',
    async start({ signal }, { url, begin }) {
      const response = await fetch(`${url}?body`, { signal });
      begin();
      return response.text();
    },
  },
  {
    name: '`http.get`',
    takes: '`{ signal }`',
    start: ({ signal }, { url }) =>
      new Promise((resolve, reject) => {
        http.get(url, { signal }, resolve).once('error', reject);
      }),
  },
  {
    name: 'undici `fetch`',
    package: 'undici',
    takes: '`{ signal }`',
    start: ({ signal }, { url }) => undici.fetch(url, { signal }),
  },
  {
    name: 'undici `request`',
    package: 'undici',
    takes: '`{ signal }`',
    start: ({ signal }, { url }) => undici.request(url, { signal }),
  },
  {
    name: 'undici `request`, given the whole scope',
    package: 'undici',
    takes: 'whatever has a `signal`',
    start: (scope, { url }) => undici.request(url, scope),
  },
  {
    name: 'undici `request`, the body',
    package: 'undici',
    takes: '`{ signal }`',
    async start({ signal }, { url, begin }) {
      const { body } = await undici.request(`${url}?body`, { signal });
      begin();
      return body.text();
    },
  },
  {
    name: 'axios',
    package: 'axios',
    takes: '`{ signal }`',
    start: ({ signal }, { url }) => axios.get(url, { signal }),
  },
  {
    name: 'axios, given the whole scope',
    package: 'axios',
    takes: 'whatever has a `signal`',
    start: (scope, { url }) => axios.get(url, scope),
  },
  {
    name: 'axios, the body',
    package: 'axios',
    takes: '`{ signal }`',
    start: ({ signal }, { url, begin }) =>
      axios.get(`${url}?body`, { signal, onDownloadProgress: begin }),
  },
  {
    name: 'got',
    package: 'got',
    takes: '`{ signal }`',
    start: ({ signal }, { url }) => got(url, { signal }),
  },
  {
    name: 'got, given the whole scope',
    package: 'got',
    takes: 'whatever has a `signal`',
    start: (scope, { url }) => got(url, scope),
  },
  {
    name: 'ky',
    package: 'ky',
    takes: '`{ signal }`',
    start: ({ signal }, { url }) => ky.get(url, { signal, timeout: false }),
  },
  {
    name: 'ky, given the whole scope',
    package: 'ky',
    takes: 'whatever has a `signal`',
    start: (scope, { url }) => ky.get(url, scope),
  },
  {
    name: 'node-fetch',
    package: 'node-fetch',
    takes: '`{ signal }`',
    start: ({ signal }, { url }) => nodeFetch(url, { signal }),
  },
  {
    name: 'node-fetch, the body',
    package: 'node-fetch',
    takes: '`{ signal }`',
    async start({ signal }, { url, begin }) {
      const response = await nodeFetch(`${url}?body`, { signal });
      begin();
      return response.text();
    },
  },
  {
    name: 'openai',
    package: 'openai',
    takes: '`{ signal }`, the second argument',
    start: ({ signal }, { url }) => openai(url).chat.completions.create(question, { signal }),
  },
  {
    name: 'openai, given the whole scope',
    package: 'openai',
    takes: 'whatever has a `signal`',
    start: (scope, { url }) => openai(url).models.list(scope),
  },
  {
    name: 'openai, a stream',
    package: 'openai',
    takes: '`{ signal }`, the second argument',
    async start({ signal }, { url, begin }) {
      const client = new OpenAI({ apiKey: 'none', baseURL: url, defaultQuery: { body: '' } });
      const options = { ...question, stream: true } as const;
      const chunks = await client.chat.completions.create(options, { signal });
      begin();
      for await (const _chunk of chunks);
    },
  },
  {
    name: 'AWS SDK',
    package: '@aws-sdk/client-s3',
    takes: '`{ abortSignal }`, the second argument of `send`',
    start: ({ signal: abortSignal }, { url }) =>
      new S3Client({
        endpoint: url,
        forcePathStyle: true,
        region: 'none',
        credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
      }).send(new GetObjectCommand({ Bucket: 'bucket', Key: 'key' }), { abortSignal }),
  },
];
