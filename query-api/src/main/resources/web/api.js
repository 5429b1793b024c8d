// The same HTTP API as everybody's. A key is kept in memory, or in the session of this one tab; never anywhere else.

const STORED = 'weir.key';
let key = sessionStorage.getItem(STORED) ?? '';
const onUnauthorized = new Set();

/** What went wrong, as the API says it; status 0 where nothing answered. */
export class Problem extends Error {
  constructor(status, code, detail, retryAfter = 0) {
    super(detail);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** Whether asking again may help. */
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export const signedIn = () => key !== '';

export function signIn(given, keep) {
  key = given;
  if (keep && given) sessionStorage.setItem(STORED, given);
  else sessionStorage.removeItem(STORED);
}

/** Told when the API wants a key, or another one. */
export function whenUnauthorized(listener) {
  onUnauthorized.add(listener);
}

export async function send(method, path, { body, signal } = {}) {
  const headers = key ? { Authorization: `Bearer ${key}` } : {};
  let answer;
  try {
    answer = await fetch(path, { method, headers, body, signal, cache: 'no-store' });
  } catch (failure) {
    if (signal?.aborted) throw failure;
    throw new Problem(0, 'away', 'The server does not answer');
  }
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({}));
  if (answer.status === 401) for (const listener of onUnauthorized) listener(problem);
  throw new Problem(answer.status, problem.code ?? 'unknown', problem.detail ?? `The server answered ${answer.status}`,
      problem.retryAfterSeconds);
}

async function json(answer) {
  try {
    return await answer.json();
  } catch {
    throw new Problem(0, 'cut', 'The answer was cut short');
  }
}

export const get = async (path, options) => json(await send('GET', path, options));
export const post = async (path, body, options) => json(await send('POST', path, { ...options, body: JSON.stringify(body) }));
export const remove = (path, options) => send('DELETE', path, options);

/** Lines, one JSON object a line. */
export async function ndjson(path, options) {
  const answer = await send('GET', path, options);
  let text;
  try {
    text = await answer.text();
  } catch (failure) {
    if (options?.signal?.aborted) throw failure;
    throw new Problem(0, 'cut', 'The answer was cut short');
  }
  const all = [];
  for (const line of text.split('\n')) if (line) all.push(JSON.parse(line));
  return all;
}

/** For what cannot send headers; empty where no key is needed. */
export async function ticket() {
  return key ? (await post('/v1/tickets', {})).ticket : '';
}

export function path(base, params) {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== null && value !== '' && value !== false) given.set(name, String(value));
  }
  const query = given.toString();
  return query ? `${base}?${query}` : base;
}
