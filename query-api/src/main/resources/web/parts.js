// Small things that several views show.

import { html, nothing } from './lib/lit-html/lit-html.js';
import * as format from './format.js';

const STATES = {
  started: 'Starting', running: 'Running', silent: 'Silent', lost: 'Lost', completed: 'Completed', failed: 'Failed',
  cancelled: 'Cancelled', unknown: 'Unknown',
};

export const isOver = status => status === 'completed' || status === 'failed' || status === 'cancelled';

export const status = (state, exit = '') =>
  html`<span class="status is-${state}"><i aria-hidden="true"></i><span class="word">${STATES[state] ?? state}${exit}</span></span>`;

export function exit(run) {
  if (run.signal) return `signal ${run.signal}`;
  return run.exitCode === undefined ? '' : String(run.exitCode);
}

export function lasted(run, now = Date.now()) {
  if (run.durationMillis !== undefined) return format.duration(run.durationMillis);
  const begin = Date.parse(run.startedAt ?? run.firstActivity ?? '');
  const end = run.endedAt ? Date.parse(run.endedAt) : isOver(run.status) || run.status === 'lost' ? Date.parse(run.lastActivity) : now;
  return Number.isNaN(begin) ? '' : format.duration(Math.max(0, end - begin));
}

export const level = name =>
  name === 'NONE' ? html`<span class="level is-none" title="Says no level">–</span>` : html`<span class="level is-${name.toLowerCase()}">${name}</span>`;

export const time = (iso, text = format.moment(iso)) => iso ? html`<time datetime=${iso} title=${iso}>${text}</time>` : nothing;

/** A command to type, and a button that copies it. */
export const command = text => html`
  <span class="command"><code>${text}</code><button type="button" class="quiet" @click=${event => copy(text, event.currentTarget)}>Copy</button></span>`;

export async function copy(text, button) {
  let said;
  try {
    await navigator.clipboard.writeText(text);
    said = 'Copied';
  } catch {
    // Without https, browsers have no clipboard for pages; the old way still works.
    said = byHand(text) ? 'Copied' : 'Not allowed';
  }
  announce(said);
  if (!button) return;
  const before = button.textContent;
  button.textContent = said;
  setTimeout(() => { button.textContent = before; }, 1_200);
}

function byHand(text) {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'away';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}

/** Said to those who listen to the page. */
export function announce(text) {
  const region = document.getElementById('said');
  if (region) region.textContent = text;
}

export const empty = (title, ...more) => html`<div class="empty"><h2>${title}</h2>${more}</div>`;

/** A refusal of the API, with what it says to do. */
export const refused = problem => html`
  <div class="notice is-bad" role="alert"><strong>${problem.message}</strong><span class="muted">${problem.code}</span></div>`;

export const LEVELS = ['FATAL', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'TRACE', 'NONE'];

/** Buttons for levels: none pressed is all. */
export function levels(chosen, change) {
  const toggle = name => {
    const next = new Set(chosen);
    if (!next.delete(name)) next.add(name);
    change([...next].join(',').toLowerCase());
  };
  return html`<div class="segments" role="group" aria-label="Levels">
    ${LEVELS.map(name => html`<button type="button" class="is-${name.toLowerCase()}" aria-pressed=${chosen.has(name)} @click=${() => toggle(name)}
        title=${name === 'NONE' ? 'Lines that say no level' : `Only ${name}, and what else is pressed`}>${name === 'NONE' ? 'other' : name.toLowerCase()}</button>`)}
  </div>`;
}

export const levelSet = params => new Set((params.get('level') ?? '').toUpperCase().split(',').filter(name => LEVELS.includes(name)));

export const idSet = (params, name) => new Set((params.get(name) ?? '').split(',').filter(text => /^\d+$/.test(text)).map(Number));
