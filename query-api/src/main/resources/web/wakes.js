// A run's queue of wakes: who is to be told what when it comes to an end.

import { html, nothing } from './lib/lit-html/lit-html.js';
import * as api from './api.js';
import { Poll } from './poll.js';
import { empty, command, refused, time } from './parts.js';

const WHEN = [['failed', 'it fails'], ['ok', 'it ends well'], ['ended', 'it ends'], ['now', 'at once']];
const GONE = new Set(['done', 'failed', 'cancelled', 'expired']);

export class WakesView {
  #app; #run; #wakes = null; #problem = null; #refusal = null; #poll; #busy = false;

  constructor(app, run) {
    this.#app = app;
    this.#run = run;
    this.#poll = new Poll(() => this.#load(), () => 2_000);
  }

  changed() {
    this.#poll.now();
  }

  close() {
    this.#poll.close();
  }

  key() {
    return false;
  }

  async #load() {
    try {
      this.#wakes = (await api.get(`/v1/runs/${this.#run}/queue`)).wakes;
      this.#problem = null;
    } catch (problem) {
      if (!problem.passing) this.#problem = problem;
      throw problem;
    } finally {
      this.#app.redraw();
    }
  }

  async #act(work) {
    this.#busy = true;
    this.#refusal = null;
    this.#app.redraw();
    let done = true;
    try {
      await work();
    } catch (problem) {
      this.#refusal = problem;
      done = false;
    }
    this.#busy = false;
    this.#poll.now();
    this.#app.redraw();
    return done;
  }

  async #add(event) {
    event.preventDefault();
    const form = event.target;
    const { message, when, delay } = form.elements;
    const wake = { message: message.value, when: when.value, ...delay.value.trim() ? { delay: delay.value.trim() } : {} };
    // The same key for the same click: a request that is sent again makes no second wake.
    if (await this.#act(() => api.post(`/v1/runs/${this.#run}/queue`, { ...wake, idempotencyKey: token() }))) form.reset();
  }

  render() {
    return html`<section class="wakes" aria-label="Wakes">
      <form class="tools" @submit=${event => this.#add(event)}>
        <input name="message" data-search class="grow" required maxlength="65536" placeholder="Message, such as: look at the disk" aria-label="Message">
        <label>when <select name="when">${WHEN.map(([value, name]) => html`<option value=${value}>${name}</option>`)}</select></label>
        <label>after <input name="delay" class="short" placeholder="0s" pattern="\\s*[0-9]+(ms|s|m|h|d)\\s*" title="A duration such as 30s, 5m, 2h" aria-label="Delay"></label>
        <button class="primary" ?disabled=${this.#busy}>Add wake</button>
      </form>
      ${this.#refusal ? refused(this.#refusal) : nothing}
      ${this.#problem ? refused(this.#problem) : nothing}
      ${this.#wakes === null ? (this.#problem ? nothing : html`<p class="loading" role="status">Reading wakes …</p>`) : this.#list()}
    </section>`;
  }

  #list() {
    if (this.#wakes.length === 0) {
      return empty('No wakes', html`<p>A wake is a message that a worker is given when the run has come to something. Add one above, or:</p>
        ${command(`curl -X POST ${location.origin}/v1/runs/${this.#run}/queue -d '{"message":"look at it","when":"failed"}'`)}`);
    }
    return html`<div class="sheet"><table class="list">
      <thead><tr><th scope="col">Phase</th><th scope="col">Message</th><th scope="col">When</th><th scope="col">Not before</th><th scope="col" class="number">Attempts</th><th scope="col">Worker</th><th scope="col"><span class="away">Actions</span></th></tr></thead>
      <tbody>${this.#wakes.map(wake => html`<tr>
        <td><span class="phase is-${wake.phase}">${wake.phase}</span></td>
        <td class="main"><span class="log">${wake.message.slice(0, 500)}</span>${wake.detail ? html`<span class="sub">${wake.detail}</span>` : nothing}</td>
        <td>${WHEN.find(([value]) => value === wake.when)?.[1] ?? wake.when}</td>
        <td>${time(wake.runAt)}</td>
        <td class="number">${wake.attempt} of ${wake.maxAttempts}</td>
        <td>${wake.worker ? html`${wake.worker}${wake.leasedUntil ? html` <span class="sub">until ${time(wake.leasedUntil)}</span>` : nothing}` : nothing}</td>
        <td class="acts">${GONE.has(wake.phase) || wake.phase === 'leased' ? nothing
          : html`<button type="button" class="quiet" ?disabled=${this.#busy} @click=${() => this.#act(() => api.remove(`/v1/runs/${this.#run}/queue/${wake.id}`))}>Cancel</button>`}</td>
      </tr>`)}</tbody></table></div>`;
  }
}

const token = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), byte => byte.toString(16).padStart(2, '0')).join('');
