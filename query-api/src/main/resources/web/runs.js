// All runs, the newest activity first.

import { html, nothing } from './lib/lit-html/lit-html.js';
import { repeat } from './lib/lit-html/directives/repeat.js';
import * as api from './api.js';
import * as format from './format.js';
import * as route from './route.js';
import { plain } from './text.js';
import { Poll } from './poll.js';
import { Errors } from './errors.js';
import { command, empty, exit, isOver, lasted, refused, status, time } from './parts.js';

const GROUPS = [['', 'All'], ['failed,lost', 'Failed'], ['started,running,silent', 'Running'], ['completed', 'Completed']];

export class RunsView {
  #app; #params; #runs = null; #older = []; #cursor = null; #complete = true; #problem = null; #poll; #errors; #at = -1;

  constructor(app, to) {
    this.#app = app;
    this.#params = to.params;
    this.#errors = new Errors(() => app.redraw());
    this.#poll = new Poll(() => this.#load(), () => 2_000);
  }

  title() {
    return 'Runs · weir';
  }

  update(to) {
    const other = to.params.get('status') !== this.#params.get('status') || to.params.get('job') !== this.#params.get('job');
    this.#params = to.params;
    this.#at = -1;
    if (other) {
      this.#older = [];
      this.#runs = null;
      this.#poll.now();
    }
  }

  close() {
    this.#poll.close();
    this.#errors.close();
  }

  #query(more) {
    return api.path('/v1/runs', { status: this.#params.get('status'), job: this.#params.get('job'), ...more });
  }

  async #load() {
    const params = this.#params;
    try {
      const answer = await api.get(this.#query({ limit: 50 }));
      if (params.get('status') !== this.#params.get('status')) return;
      this.#runs = answer.runs;
      this.#complete = answer.complete;
      if (this.#older.length === 0) this.#cursor = answer.cursor ?? null;
      this.#problem = null;
    } catch (problem) {
      if (!problem.passing) this.#problem = problem;
      throw problem;
    } finally {
      this.#app.redraw();
    }
  }

  async #more() {
    const answer = await api.get(this.#query({ limit: 50, cursor: this.#cursor }));
    this.#older.push(...answer.runs);
    this.#cursor = answer.cursor ?? null;
    this.#app.redraw();
  }

  /** What is shown: each run once, those that the text is found in. */
  #shown() {
    const seen = new Set();
    const wanted = (this.#params.get('q') ?? '').toLowerCase();
    return [...this.#runs ?? [], ...this.#older].filter(run => {
      if (seen.has(run.id)) return false;
      seen.add(run.id);
      const labels = Object.entries(run.labels ?? {}).map(([name, value]) => `${name}=${value}`);
      return [run.id, run.job, run.title, run.host, run.branch, run.provider, ...labels].some(text => text?.toLowerCase().includes(wanted));
    });
  }

  key(key) {
    const shown = this.#runs ? this.#shown() : [];
    if (key === 'j' || key === 'k') this.#at = Math.max(0, Math.min(shown.length - 1, this.#at + (key === 'j' ? 1 : -1)));
    else if (key === 'e' || key === 'E') {
      const step = key === 'e' ? 1 : -1;
      let next = this.#at + step;
      while (shown[next] && shown[next].status !== 'failed') next += step;
      if (shown[next]) this.#at = next;
    } else if (key === 'Enter' && shown[this.#at]) route.go(`/runs/${shown[this.#at].id}`);
    else return false;
    this.#app.redraw();
    requestAnimationFrame(() => document.querySelector('tr.at')?.scrollIntoView({ block: 'nearest' }));
    return true;
  }

  render() {
    const group = this.#params.get('status') ?? '';
    return html`<main class="runs">
      <h1 class="away">Runs</h1>
      <div class="tools">
        <input type="search" data-search placeholder="Filter by run, job, title, host, label" aria-label="Filter runs" .value=${this.#params.get('q') ?? ''}
          @input=${event => route.set({ q: event.target.value })}>
        <div class="segments" role="group" aria-label="Status">
          ${GROUPS.map(([value, name]) => html`<button type="button" aria-pressed=${group === value} @click=${() => route.set({ status: value })}>${name}</button>`)}
        </div>
        ${this.#params.get('job') ? html`<button type="button" class="chip" @click=${() => route.set({ job: null })}>job ${this.#params.get('job')} ✕</button>` : nothing}
      </div>
      ${this.#problem ? refused(this.#problem) : nothing}
      ${this.#complete ? nothing : html`<div class="notice is-warn" role="status">Some servers did not answer: runs may be missing from this list.</div>`}
      ${this.#runs === null ? (this.#problem ? nothing : html`<p class="loading" role="status">Reading runs …</p>`) : this.#table(this.#shown())}
    </main>`;
  }

  #table(runs) {
    if (runs.length === 0) return this.#nothing();
    return html`<div class="sheet"><table class="list">
      <thead><tr><th scope="col">Status</th><th scope="col">Run</th><th scope="col">Job</th><th scope="col" class="number">Exit</th>
        <th scope="col" class="number">Duration</th><th scope="col" class="number">Lines</th><th scope="col">Errors</th>
        <th scope="col" class="wide">Host</th><th scope="col" class="number">Last activity</th></tr></thead>
      <tbody>${repeat(runs, run => run.id, (run, index) => this.#row(run, index))}</tbody>
    </table></div>
    ${this.#cursor ? html`<button type="button" class="centre" @click=${() => this.#more()}>Older runs</button>` : nothing}`;
  }

  #row(run, index) {
    const missing = run.accounting.dropped + run.accounting.evicted + run.accounting.rejected + run.accounting.missing;
    return html`<tr class="${index === this.#at ? 'at' : ''} is-${run.status}" @click=${event => !event.target.closest('a, button') && route.go(`/runs/${run.id}`)}>
      <td>${status(run.status)}</td>
      <td class="main"><span class="named"><a href="/runs/${run.id}" class=${run.title ? '' : 'id'}>${run.title || run.id}</a>${run.title ? html`<span class="id sub">${run.id}</span>` : nothing}</span>${this.#first(run)}</td>
      <td>${run.job ? html`<a href=${route.link('/', { job: run.job })} class="plain">${run.job}</a>` : nothing}</td>
      <td class="number ${run.status === 'failed' ? 'bad' : ''}">${exit(run)}</td>
      <td class="number">${lasted(run)}</td>
      <td class="number" title="${format.count(run.accounting.read)} lines">${format.short(run.accounting.read)}
        ${missing > 0 ? html`<span class="warn" title="${format.count(missing)} lines dropped, evicted, rejected or missing">!</span>` : nothing}</td>
      <td>${this.#wrong(run)}</td>
      <td class="wide sub">${run.host ?? ''}</td>
      <td class="number">${time(run.lastActivity, isOver(run.status) ? format.moment(run.lastActivity) : format.ago(run.lastActivity))}</td>
    </tr>`;
  }

  /** Of a run that went wrong, what it said first: often all that one wants to know. */
  #first(run) {
    const first = run.status === 'completed' ? '' : this.#errors.of(run)?.first;
    return first ? html`<span class="said-first" title=${plain(first).slice(0, 2_000)}>${plain(first).slice(0, 300)}</span>` : nothing;
  }

  #wrong(run) {
    const found = this.#errors.of(run);
    if (!found) return html`<span class="sub">…</span>`;
    if (found.novel > 0) return html`<span class="badge is-novel" title="Error templates that the job's last good run lacked">${found.novel}${found.more} novel</span>`;
    return found.all > 0 ? html`<span class="bad" title="Error templates">${found.all}${found.more}</span>` : html`<span class="sub">none</span>`;
  }

  #nothing() {
    const filtered = this.#params.get('q') || this.#params.get('status') || this.#params.get('job');
    if (filtered) {
      return empty('No run matches', html`<p>Of the runs read so far, none has this filter's text and status.</p>
        <p><button type="button" @click=${() => route.set({ q: null, status: null, job: null })}>Show all runs</button></p>`);
    }
    return empty('No runs yet', html`<p>Wrap a command, and it shows up here while it runs:</p>${command('weir run -- make test')}
      <p>or follow a file:</p>${command('weir tail /var/log/syslog')}`);
  }
}
