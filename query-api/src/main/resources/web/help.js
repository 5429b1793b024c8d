// What the keyboard does.

import { html } from './lib/lit-html/lit-html.js';

const KEYS = [
  ['Anywhere', [['/', 'Search'], ['?', 'This help'], ['Esc', 'Close, leave the field'], ['g r', 'Runs'], ['g c', 'Compare']]],
  ['In a list', [['j', 'Next'], ['k', 'Previous'], ['Enter', 'Open'], ['e', 'Next error'], ['E', 'Previous error']]],
  ['In a run', [['1', 'Templates'], ['2', 'Lines'], ['3', 'Wakes'], ['f', 'Follow the newest line'], ['p', 'Pause, resume'], ['w', 'Wrap long lines'], ['Home', 'First line'], ['End', 'Newest line']]],
];

export const help = close => html`
  <dialog class="help" aria-labelledby="help-title" @close=${close} @click=${event => event.target === event.currentTarget && event.target.close()}>
    <header><h2 id="help-title">Keyboard</h2><button type="button" class="quiet" aria-label="Close" @click=${event => event.target.closest('dialog').close()}>✕</button></header>
    ${KEYS.map(([title, keys]) => html`<section><h3>${title}</h3><dl>
      ${keys.map(([key, what]) => html`<div><dt>${key.split(' ').map(one => html`<kbd>${one}</kbd>`)}</dt><dd>${what}</dd></div>`)}
    </dl></section>`)}
  </dialog>`;
