// Asks for a key where the server wants one.

import { html } from './lib/lit-html/lit-html.js';
import * as api from './api.js';

export class SignIn {
  #problem = ''; #app; #busy = false;

  constructor(app) {
    this.#app = app;
  }

  async #submit(event) {
    event.preventDefault();
    const form = event.target;
    const key = form.elements.key.value.trim();
    if (!key || this.#busy) return;
    this.#busy = true;
    this.#problem = '';
    this.#app.redraw();
    api.signIn(key, form.elements.keep.checked);
    try {
      await api.get('/v1/node');
      this.#app.signedIn();
    } catch (problem) {
      api.signIn('', false);
      this.#problem = problem.message;
    }
    this.#busy = false;
    this.#app.redraw();
  }

  render() {
    return html`<main class="signin">
      <form @submit=${event => this.#submit(event)}>
        <h1>Sign in</h1>
        <p class="muted">This server wants a key. An admin makes one with<br><code>POST /v1/keys</code></p>
        <label>Key <input name="key" type="password" autocomplete="off" spellcheck="false" required autofocus></label>
        <label class="check"><input name="keep" type="checkbox"> Keep it until this tab closes</label>
        ${this.#problem ? html`<p class="problem" role="alert">${this.#problem}</p>` : ''}
        <button class="primary" ?disabled=${this.#busy}>Sign in</button>
        <p class="muted small">The key stays in this tab: in its memory, or in its session if you tick the box.</p>
      </form>
    </main>`;
  }
}
