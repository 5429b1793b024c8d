// Lines as they come, over a WebSocket that is opened again, after the last line that came, whenever it breaks.

import * as api from './api.js';
import { backoff, failed, recovered } from './poll.js';

const TOGETHER = 30;
const MOST_WAITING = 5_000;

export class Live {
  #run; #filters; #after; #listener; #socket = null; #waiting = []; #timer = 0; #flushed = 0; #failures = 0; #retry = 0;
  #closed = false; ended = false;

  /** @param after position of the last line known, or null; the listener is given entries in bunches */
  constructor(run, filters, after, listener) {
    this.#run = run;
    this.#filters = filters;
    this.#after = after;
    this.#listener = listener;
    this.#open();
  }

  async #open() {
    clearTimeout(this.#retry);
    if (this.#closed) return;
    let ticket;
    try {
      ticket = await api.ticket();
    } catch (problem) {
      if (problem.passing) this.#later(problem.message);
      else this.#listener.refused(problem);
      return;
    }
    if (this.#closed || this.ended) return;
    const from = this.#after ? { after: this.#after } : { tail: 1_000 };
    const address = api.path(`/v1/runs/${this.#run}/live`, { ...this.#filters, ...from, together: true, ticket });
    const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${address}`);
    this.#socket = socket;
    socket.onopen = () => {
      this.#failures = 0;
      recovered(this);
      this.#listener.connected(true);
    };
    socket.onmessage = event => {
      for (const one of event.data.split('\n')) if (one) this.#message(JSON.parse(one));
    };
    socket.onclose = () => {
      if (this.#closed || this.ended || socket !== this.#socket) return;
      this.#flush();
      this.#listener.connected(false);
      this.#later('The live connection broke');
    };
  }

  #later(why) {
    const wait = backoff(this.#failures++);
    failed(this, Date.now() + wait, () => this.#open(), why);
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#open(), wait);
  }

  #message(message) {
    if (message.type === 'end') {
      this.ended = true;
      this.#flush();
      this.#listener.over();
      this.#socket.close();
    } else if (message.type === 'problem') {
      this.#refused(message.problem);
    } else if (message.type !== 'ended') {
      if (message.position) this.#after = message.position;
      this.#waiting.push(entry(message));
      if (this.#waiting.length >= MOST_WAITING) this.#flush();
      else if (!this.#timer) this.#timer = setTimeout(() => this.#flush(), Math.max(0, TOGETHER - (performance.now() - this.#flushed)));
    }
  }

  #refused(problem) {
    const passing = problem.status === 429 || problem.status >= 500;
    this.#socket.onclose = null;
    this.#socket.close();
    if (passing) this.#later(problem.detail);
    else this.#listener.refused(new api.Problem(problem.status, problem.code, problem.detail));
  }

  #flush() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#flushed = performance.now();
    const entries = this.#waiting;
    this.#waiting = [];
    if (entries.length && !this.#closed) this.#listener.entries(entries);
  }

  /** Over a new connection, after what has come. */
  again() {
    if (this.#closed || this.ended || this.#socket?.readyState !== WebSocket.OPEN) return;
    const before = this.#socket;
    before.onclose = before.onmessage = null;
    before.close();
    this.#open();
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#retry);
    this.#socket?.close();
    recovered(this);
  }
}

/** A line, or what stands in place of lines, with its position as numbers. */
export function entry(given) {
  const dot = given.position ? given.position.indexOf('.') : -1;
  return {
    offset: dot < 0 ? -1 : Number(given.position.slice(0, dot)),
    index: dot < 0 ? -1 : Number(given.position.slice(dot + 1)),
    arrived: given.arrived, read: given.read, source: given.source, stream: given.stream, seq: given.seq,
    text: given.text, marker: given.marker ?? '', count: given.count ?? 1, reason: given.reason ?? '', part: given.part ?? 0, binary: given.bytes !== undefined,
    height: 0, measured: 0, shape: null, shapedBy: null,
  };
}

export const position = line => `${line.offset}.${line.index}`;

export const compare = (one, other) => one.offset - other.offset || one.index - other.index;
