// The line that was chosen: all of it, where it comes from, which template it reads like.

import { html, nothing } from './lib/lit-html/lit-html.js';
import * as format from './format.js';
import * as route from './route.js';
import * as text from './text.js';
import { exclude, include } from './table.js';
import { position } from './live.js';
import { copy, level, time } from './parts.js';

const elements = new WeakMap();

export function chosenLine(run, line, template, close) {
  if (!elements.has(line)) elements.set(line, text.shown(line.text, { most: 20_000 }));
  const params = () => new URLSearchParams(location.search);
  return html`<aside class="chosen" aria-label="Chosen line">
    <header><span class="facts"><span>${time(line.arrived, format.clock(line.arrived, { millis: true }))}</span><span>${line.source === line.stream ? line.stream : `${line.source} · ${line.stream}`}</span>
      <span>line ${format.count(line.seq + 1)}</span>${line.part ? html`<span>part ${line.part}</span>` : nothing}${line.binary ? html`<span class="warn">not UTF-8</span>` : nothing}
      <span>${format.plural(line.text.length, 'character')}</span><span class="muted">${position(line)}</span></span>
      <span class="grow"></span>
      <button type="button" class="quiet" @click=${event => copy(text.plain(line.text), event.currentTarget)}>Copy line</button>
      <button type="button" class="quiet" @click=${event => copy(location.origin + route.link(`/runs/${run}`, { view: 'lines', line: position(line) }), event.currentTarget)}>Copy link</button>
      <button type="button" class="quiet" aria-label="Close" @click=${close}>✕</button></header>
    <div class="whole">${elements.get(line)}</div>
    ${template ? html`<p class="of">${level(template.level)} <a href=${route.link(`/runs/${run}`, { open: template.id })}>template #${template.id}</a>
        <span class="count">${format.plural(template.count, 'line')}</span>${shape(template)}<span class="grow"></span>
        <button type="button" class="quiet" @click=${() => include(params(), template.id)}>Only these</button>
        <button type="button" class="quiet" @click=${() => exclude(params(), template.id)}>Without these</button></p>`
      : html`<p class="of muted">Reads like none of the templates: it may go on from the line above.</p>`}
  </aside>`;
}

const shapes = new WeakMap();

function shape(template) {
  if (!shapes.has(template)) shapes.set(template, text.template(template.text));
  return shapes.get(template);
}
