// Two runs side by side, or a run and its job's last good one: what is new, gone, more, less.

import { html, nothing } from './lib/lit-html/lit-html.js';
import * as api from './api.js';
import * as format from './format.js';
import * as route from './route.js';
import * as text from './text.js';
import { Poll } from './poll.js';
import { command, empty, isOver, level, refused, status } from './parts.js';
import { searcher } from './templates.js';

const PARTS = [
  ['new', 'New', 'Only the second run says this'],
  ['gone', 'Gone', 'Only the first run says this'],
  ['more', 'More', 'At least twice the share of lines'],
  ['less', 'Less', 'At most half the share of lines'],
];

export class CompareView {
  #app; #params; #difference = null; #problem = null; #poll = null; #runs = []; #asked = '';

  constructor(app, to) {
    this.#app = app;
    this.#params = to.params;
    this.#recent();
    this.#ask();
  }

  title() {
    return 'Compare · weir';
  }

  update(to) {
    this.#params = to.params;
    this.#ask();
  }

  close() {
    this.#poll?.close();
  }

  key() {
    return false;
  }

  async #recent() {
    try {
      this.#runs = (await api.get('/v1/runs?limit=200')).runs;
      this.#app.redraw();
    } catch (problem) {
      this.#problem ??= problem;
    }
  }

  #ask() {
    const [a, b, run] = ['a', 'b', 'run'].map(name => this.#params.get(name));
    const query = run ? { run, limit: 500 } : a && b ? { a, b, limit: 500 } : null;
    const asked = JSON.stringify(query);
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.#poll?.close();
    this.#poll = null;
    this.#difference = null;
    this.#problem = null;
    if (!query) return;
    this.#poll = new Poll(async () => {
      try {
        const difference = await api.get(api.path('/v1/diff', query));
        if (asked !== this.#asked) return;
        this.#difference = withTexts(difference);
        this.#problem = null;
      } catch (problem) {
        if (!problem.passing) this.#problem = problem;
        throw problem;
      } finally {
        this.#app.redraw();
      }
    }, () => this.#difference && isOver(this.#difference.a.status) && isOver(this.#difference.b.status) ? Infinity : 3_000);
  }

  #submit(event) {
    event.preventDefault();
    const { a, b } = event.target.elements;
    const [before, after] = [a.value.trim(), b.value.trim()];
    if (!after) return;
    route.set(before ? { a: before, b: after, run: null } : { run: after, a: null, b: null }, { push: true });
  }

  render() {
    const params = this.#params;
    const found = this.#difference;
    return html`<main class="compare">
      <h1>Compare</h1>
      <form class="tools" @submit=${event => this.#submit(event)}>
        <label>Before <input name="a" list="recent" .value=${params.get('a') ?? found?.a.run ?? ''} placeholder="the job's last good run" spellcheck="false" autocomplete="off"></label>
        <span aria-hidden="true" class="arrow">→</span>
        <label>After <input name="b" list="recent" required .value=${params.get('run') ?? params.get('b') ?? ''} placeholder="a run" spellcheck="false" autocomplete="off"></label>
        <button class="primary">Compare</button>
        ${params.get('a') && params.get('b') ? html`<button type="button" class="quiet" title="The other way round" @click=${() => route.set({ a: params.get('b'), b: params.get('a') })}>⇄ Swap</button>` : nothing}
        <datalist id="recent">${this.#runs.map(run => html`<option value=${run.id}>${[run.job, run.title, run.status].filter(Boolean).join(' · ')}</option>`)}</datalist>
      </form>
      ${this.#problem ? refused(this.#problem) : nothing}
      ${found ? this.#parts(found) : this.#poll ? (this.#problem ? nothing : html`<p class="loading" role="status">Comparing …</p>`)
        : empty('Choose what to compare', html`<p>Name two runs, or only the later one: it is compared with its job's last good run.</p>${command('weir runs')}`)}
    </main>`;
  }

  #parts(found) {
    const params = this.#params;
    const wanted = searcher(params.get('q') ?? '');
    const none = PARTS.every(([name]) => found[name].total === 0);
    return html`<div class="sides">${['a', 'b'].map(side => html`<p class="facts"><span class="muted">${side === 'a' ? 'Before' : 'After'}</span> ${status(found[side].status)}
        <a class="id" href="/runs/${found[side].run}">${found[side].run}</a><span>${format.plural(found[side].lines, 'line')}</span><span>${format.plural(found[side].templates, 'template')}</span></p>`)}</div>
      ${none ? empty('They say the same', html`<p>No template is new or gone, and none has twice or half its share of lines.</p>`) : html`
      <div class="tools"><input type="search" data-search placeholder="Search templates" aria-label="Search templates" .value=${params.get('q') ?? ''} @input=${event => route.set({ q: event.target.value })}></div>
      ${PARTS.map(([name, title, about]) => this.#part(name, title, about, found, found[name].templates.filter(one => wanted(one.text))))}`}`;
  }

  #part(name, title, about, found, templates) {
    const both = name === 'more' || name === 'less';
    const side = name === 'gone' ? 'a' : 'b';
    return html`<section class="part"><h2>${title} <span class="count">${format.count(found[name].total)}</span> <small class="muted">${about}</small></h2>
      ${templates.length === 0 ? nothing : html`<div class="sheet"><table class="list">
        <thead><tr><th scope="col">Level</th>${both ? html`<th scope="col" class="number">Before</th><th scope="col" class="number">After</th><th scope="col" class="number">Share</th>`
          : html`<th scope="col" class="number">Lines</th><th scope="col" class="number">Share</th>`}<th scope="col">Template</th></tr></thead>
        <tbody>${templates.map(one => html`<tr class="row-${one.level.toLowerCase()}"><td>${level(one.level)}</td>
          ${both ? html`<td class="number">${format.count(one.countA)}</td><td class="number strong">${format.count(one.countB)}</td><td class="number">${times(one.ratio)}</td>`
            : html`<td class="number strong">${format.count(one.count)}</td><td class="number">${format.share(one.share)}</td>`}
          <td class="text"><a class="plain" href=${route.link(`/runs/${found[side].run}`, { open: both ? one.templateB : one.template })}>${one.element}</a></td></tr>`)}</tbody></table></div>`}
    </section>`;
  }
}

const times = ratio => ratio >= 1 ? `× ${ratio >= 10 ? Math.round(ratio) : ratio.toFixed(1)}` : `÷ ${ratio > 0 ? (1 / ratio >= 10 ? Math.round(1 / ratio) : (1 / ratio).toFixed(1)) : '∞'}`;

function withTexts(difference) {
  for (const [name] of PARTS) for (const one of difference[name].templates) one.element = text.template(one.text);
  return difference;
}
