// One run: how it is, what went wrong, its lines over time, and below either what it says or every line.

import { html, nothing } from './lib/lit-html/lit-html.js';
import * as api from './api.js';
import * as format from './format.js';
import * as route from './route.js';
import * as text from './text.js';
import { Poll } from './poll.js';
import { Chart } from './chart.js';
import { LinesView } from './lines.js';
import { TemplateTable } from './table.js';
import { Templates } from './templates.js';
import { WakesView } from './wakes.js';
import { accounting, warnings } from './accounts.js';
import { command, copy, empty, exit, isOver, lasted, refused, status, time } from './parts.js';

const TABS = [['templates', 'Templates'], ['lines', 'Lines'], ['wakes', 'Wakes']];

export class RunView {
  #app; #id; #params; #run = null; #problem = null; #poll; #chart; #store; #table; #part = null; #partName = ''; #window = '';
  #firstError = { text: null, element: null };

  constructor(app, to) {
    this.#app = app;
    this.#id = to.run;
    this.#params = to.params;
    this.#poll = new Poll(() => this.#load(), () => this.#isLive() ? 1_000 : 10_000);
    this.#chart = new Chart(app, this.#id, () => this.#isLive(), to.params);
    this.#openStore();
    this.#table = new TemplateTable(app, this.#id, this.#store, to.params);
    this.#choosePart();
  }

  title() {
    if (!this.#run) return `${this.#id} · weir`;
    const sign = { failed: '✕', completed: '✓', running: '●', lost: '?', silent: '○' }[this.#run.status] ?? '';
    return `${sign} ${this.#run.title ?? this.#id} · weir`;
  }

  #isLive() {
    return !this.#run || !isOver(this.#run.status);
  }

  #openStore() {
    this.#store?.close();
    const window = { from: this.#params.get('from'), to: this.#params.get('to') };
    this.#window = `${window.from} ${window.to}`;
    this.#store = new Templates(this.#id, window, () => this.#isLive(), () => this.#app.redraw());
  }

  #choosePart() {
    const name = this.#params.get('view') ?? 'templates';
    if (name === this.#partName) return;
    this.#part?.close();
    this.#partName = name;
    if (name === 'lines') this.#part = new LinesView(this.#app, this.#id, () => this.#store, () => this.#run, this.#params);
    else if (name === 'wakes') this.#part = new WakesView(this.#app, this.#id);
    else this.#part = null;
  }

  update(to) {
    this.#params = to.params;
    if (`${to.params.get('from')} ${to.params.get('to')}` !== this.#window) this.#openStore();
    this.#chart.update(to.params);
    this.#table.update(this.#store, to.params);
    this.#choosePart();
    this.#part?.update?.(to.params);
  }

  close() {
    for (const part of [this.#poll, this.#chart, this.#store, this.#table, this.#part]) part?.close();
  }

  async #load() {
    try {
      const before = this.#run;
      this.#run = await api.get(`/v1/runs/${this.#id}`);
      this.#problem = null;
      if (before && before.status !== this.#run.status) {
        this.#store.now();
        this.#part?.changed?.();
      }
    } catch (problem) {
      if (!problem.passing) this.#problem = problem;
      throw problem;
    } finally {
      this.#app.redraw();
    }
  }

  key(key, target) {
    const tab = TABS['123'.indexOf(key)];
    if (tab && key !== '') this.#to(tab[0]);
    else if (this.#part) return this.#part.key(key, target);
    else if (key === 'f' || key === 'p') this.#to('lines');
    else return this.#table.key(key, target);
    return true;
  }

  #to(name) {
    route.set({ view: name === 'templates' ? null : name, line: null, open: null }, { push: true });
  }

  drawn() {
    this.#part?.drawn?.();
  }

  render() {
    if (this.#problem && !this.#run) {
      if (this.#problem.code !== 'run-not-found') return html`<main>${refused(this.#problem)}</main>`;
      return html`<main>${empty(`No run ${this.#id}`, html`<p>It never was, or it has left retention. Those there are:</p>${command('weir runs')}<p><a href="/">All runs</a></p>`)}</main>`;
    }
    const name = this.#partName;
    return html`<main class="run ${name === 'lines' ? 'filled' : ''}">
      ${this.#run ? this.#head() : html`<header class="head"><p class="loading" role="status">Reading ${this.#id} …</p></header>`}
      ${this.#chart.render()}
      <nav class="tabs" aria-label="Parts of the run">
        ${TABS.map(([tab, title]) => html`<a href=${this.#address(tab)} aria-current=${tab === name ? 'page' : nothing}>${title}${this.#number(tab)}</a>`)}
      </nav>
      ${this.#part ? this.#part.render() : this.#table.render()}
    </main>`;
  }

  /** The filters go along from one part to the other. */
  #address(tab) {
    const params = Object.fromEntries(this.#params);
    delete params.line;
    delete params.open;
    return route.link(`/runs/${this.#id}`, { ...params, view: tab === 'templates' ? null : tab });
  }

  #number(tab) {
    if (!this.#run) return nothing;
    const number = { templates: this.#run.templates, lines: this.#run.accounting.read }[tab];
    return number === undefined ? nothing : html`<span class="count" title=${format.count(number)}>${format.short(number)}</span>`;
  }

  #head() {
    const run = this.#run;
    const said = run.command?.length ? run.command.join(' ') : '';
    const code = exit(run);
    return html`<header class="head is-${run.status}">
      <div class="title">${status(run.status, code && run.status !== 'completed' ? ` · ${run.signal ? code : `exit ${code}`}` : '')}
        <h1>${run.title || run.job || this.#id}</h1>
        <span class="grow"></span>
        <button type="button" class="quiet" @click=${event => copy(location.href, event.currentTarget)}>Copy link</button>
        <a class="button" href=${route.link('/compare', run.job ? { run: this.#id } : { b: this.#id })}>Compare</a></div>
      ${said ? html`<p class="said" title=${text.plain(said).slice(0, 2_000)}><code>${text.plain(said).slice(0, 400)}</code></p>` : nothing}
      <p class="facts"><span class="id">${this.#id}</span>
        ${run.job ? html`<span>job <a href=${route.link('/', { job: run.job })}>${run.job}</a></span>` : nothing}
        <span>${isOver(run.status) ? 'took' : 'for'} <strong>${lasted(run)}</strong></span>
        <span>started ${time(run.startedAt ?? run.firstActivity)}</span>
        ${run.host ? html`<span>on ${run.host}</span>` : nothing}${run.branch ? html`<span>branch ${run.branch}</span>` : nothing}
        ${run.ciUrl?.startsWith('https://') ? html`<a href=${run.ciUrl} target="_blank" rel="noopener noreferrer">CI job</a>` : nothing}
        ${Object.entries(run.labels ?? {}).map(([name, value]) => html`<span class="label">${name}=${value}</span>`)}</p>
      ${warnings(run.accounting)}
      ${this.#wrong()}
      ${accounting(this.#store.accounting && !this.#store.windowed ? this.#store.accounting : run.accounting)}
    </header>`;
  }

  /** What went wrong, before anything else: the first error, and what struck the server as odd. */
  #wrong() {
    const first = this.#store.firstError;
    const signals = (this.#run.signals ?? []).filter(signal => signal.kind !== 'first-error').slice(-4).reverse();
    if (!first && signals.length === 0) return nothing;
    if (first && this.#firstError.text !== first.text) this.#firstError = { text: first.text, element: text.shown(first.text, { most: 600 }) };
    const open = template => route.link(`/runs/${this.#id}`, { open: template });
    return html`<div class="wrong">
      ${first ? html`<a class="first-error" href=${open(first.template)}><span class="what">First error</span>${time(first.at)}${this.#firstError.element}</a>` : nothing}
      ${signals.map(signal => html`<p class="signal"><span class="what">${signal.kind.replaceAll('-', ' ')}</span>${time(signal.at)}
        ${signal.template === undefined ? html`<span class="log">${text.plain(signal.text).slice(0, 300)}</span>` : html`<a class="log" href=${open(signal.template)}>${text.plain(signal.text).slice(0, 300)}</a>`}</p>`)}
    </div>`;
  }
}
