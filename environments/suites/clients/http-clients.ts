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
    start: (signal, { url }) => fetch(url, { signal }),
  },
  {
    name: '`fetch`, the body',
    takes: '`{ signal }`',
    start: async (signal, { url }) => (await fetch(`${url}?body`, { signal })).text(),
  },
  {
    name: '`http.get`',
    takes: '`{ signal }`',
    start: (signal, { url }) =>
      new Promise((resolve, reject) => {
        http.get(url, { signal }, resolve).once('error', reject);
      }),
  },
  {
    name: 'undici `fetch`',
    package: 'undici',
    takes: '`{ signal }`',
    start: (signal, { url }) => undici.fetch(url, { signal }),
  },
  {
    name: 'undici `request`',
    package: 'undici',
    takes: '`{ signal }`',
    start: (signal, { url }) => undici.request(url, { signal }),
  },
  {
    name: 'undici `request`, the body',
    package: 'undici',
    takes: '`{ signal }`',
    start: async (signal, { url }) => (await undici.request(`${url}?body`, { signal })).body.text(),
  },
  {
    name: 'axios',
    package: 'axios',
    takes: '`{ signal }`',
    start: (signal, { url }) => axios.get(url, { signal }),
  },
  {
    name: 'axios, the body',
    package: 'axios',
    takes: '`{ signal }`',
    start: (signal, { url }) => axios.get(`${url}?body`, { signal }),
  },
  {
    name: 'got',
    package: 'got',
    takes: '`{ signal }`',
    start: (signal, { url }) => got(url, { signal }),
  },
  {
    name: 'ky',
    package: 'ky',
    takes: '`{ signal }`',
    start: (signal, { url }) => ky.get(url, { signal, timeout: false }),
  },
  {
    name: 'node-fetch',
    package: 'node-fetch',
    takes: '`{ signal }`',
    start: (signal, { url }) => nodeFetch(url, { signal }),
  },
  {
    name: 'node-fetch, the body',
    package: 'node-fetch',
    takes: '`{ signal }`',
    start: async (signal, { url }) => (await nodeFetch(`${url}?body`, { signal })).text(),
  },
  {
    name: 'openai',
    package: 'openai',
    takes: '`{ signal }`, the second argument',
    start: (signal, { url }) => openai(url).chat.completions.create(question, { signal }),
  },
  {
    name: 'AWS SDK',
    package: '@aws-sdk/client-s3',
    takes: '`{ abortSignal }`, the second argument of `send`',
    start: (abortSignal, { url }) =>
      new S3Client({
        endpoint: url,
        forcePathStyle: true,
        region: 'none',
        credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
      }).send(new GetObjectCommand({ Bucket: 'bucket', Key: 'key' }), { abortSignal }),
  },
];
