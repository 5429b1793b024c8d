// The frame around every view: where one is, whether the server answers, the keyboard.

import { html, render, nothing } from './lib/lit-html/lit-html.js';
import * as api from './api.js';
import * as route from './route.js';
import { lost, onConnection, retryAll } from './poll.js';
import { help } from './help.js';
import { announce } from './parts.js';
import { SignIn } from './signin.js';
import { RunsView } from './runs.js';
import { RunView } from './run.js';
import { CompareView } from './compare.js';

const VIEWS = { runs: RunsView, run: RunView, compare: CompareView };
const THEMES = ['system', 'light', 'dark'];

class App {
  #view = null; #name = ''; #queued = false; #signIn = null; #helping = false; #chord = false; #moved = false;

  start() {
    this.#theme(localStorage.getItem('weir.theme') ?? 'system');
    document.body.replaceChildren();
    api.whenUnauthorized(() => this.#askForKey());
    route.onChange(to => this.#show(to));
    onConnection(() => this.redraw());
    addEventListener('keydown', event => this.#key(event));
    setInterval(() => this.redraw(), 1_000);
    this.#show(route.current());
    this.#draw();
  }

  /** The page is drawn once a frame at most, whatever changes. */
  redraw() {
    if (this.#queued) return;
    this.#queued = true;
    requestAnimationFrame(() => this.#draw());
  }

  signedIn() {
    this.#signIn = null;
    this.#name = '';
    this.#show(route.current());
  }

  #askForKey() {
    if (this.#signIn) return;
    this.#signIn = new SignIn(this);
    this.#view?.close();
    this.#view = null;
    this.redraw();
  }

  #show(to) {
    const name = `${to.view} ${to.run ?? ''}`;
    if (this.#signIn) return;
    if (name !== this.#name) {
      this.#view?.close();
      this.#moved = this.#name !== '';
      this.#name = name;
      this.#view = new VIEWS[to.view](this, to);
      document.scrollingElement.scrollTop = 0;
    } else {
      this.#view.update(to);
    }
    this.redraw();
  }

  #draw() {
    this.#queued = false;
    render(this.#frame(), document.body);
    const dialog = document.querySelector('dialog.help');
    if (this.#helping && dialog && !dialog.open) dialog.showModal();
    document.title = this.#signIn ? 'Sign in · weir' : this.#view?.title() ?? 'weir';
    this.#view?.drawn?.();
    if (this.#moved) this.#arrive();
  }

  /** Whoever goes by keyboard, or listens, is in the new view, and not where the link was. */
  #arrive() {
    this.#moved = false;
    document.getElementById('main')?.focus({ preventScroll: true });
    announce(document.title);
  }

  #frame() {
    const name = this.#name.split(' ')[0];
    return html`
      <a class="skip" href="#main" @click=${event => { event.preventDefault(); document.getElementById('main')?.focus(); }}>Skip to content</a>
      <header class="bar">
        <a class="brand" href="/" aria-label="weir, all runs">weir</a>
        <nav aria-label="Views">
          <a href="/" aria-current=${name === 'runs' ? 'page' : nothing}>Runs</a>
          <a href="/compare" aria-current=${name === 'compare' ? 'page' : nothing}>Compare</a>
        </nav>
        <span class="grow"></span>
        ${api.signedIn() ? html`<button type="button" class="quiet" @click=${() => this.#signOut()}>Sign out</button>` : nothing}
        <button type="button" class="quiet icon" title="Colours: ${this.#themeName()}" aria-label="Colours: ${this.#themeName()}" @click=${() => this.#nextTheme()}>◐</button>
        <button type="button" class="quiet icon" title="Keyboard (?)" aria-label="Keyboard" @click=${() => this.#help(true)}>?</button>
      </header>
      ${this.#connection()}
      <div id="main" tabindex="-1">${this.#signIn ? this.#signIn.render() : this.#view?.render()}</div>
      <div id="said" role="status" class="away"></div>
      ${this.#helping ? help(() => this.#help(false)) : nothing}`;
  }

  #connection() {
    const all = lost();
    if (all.length === 0) return nothing;
    const next = Math.max(0, Math.ceil((Math.min(...all.map(one => one.at)) - Date.now()) / 1_000));
    return html`<div class="lost" role="alert"><span><strong>Connection lost.</strong> ${all[0].why}. What you see may be old.
      <span class="muted" aria-live="off">${next > 0 ? `Trying again in ${next} s` : 'Trying again …'}</span></span>
      <button type="button" @click=${retryAll}>Try now</button></div>`;
  }

  #signOut() {
    api.signIn('', false);
    this.#askForKey();
  }

  #help(open) {
    this.#helping = open;
    this.redraw();
  }

  #themeName() {
    return document.documentElement.dataset.theme ?? 'system';
  }

  #nextTheme() {
    this.#theme(THEMES[(THEMES.indexOf(this.#themeName()) + 1) % THEMES.length]);
    this.redraw();
  }

  #theme(name) {
    const known = THEMES.includes(name) ? name : 'system';
    if (known === 'system') {
      delete document.documentElement.dataset.theme;
      localStorage.removeItem('weir.theme');
    } else {
      document.documentElement.dataset.theme = known;
      localStorage.setItem('weir.theme', known);
    }
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || this.#signIn) return;
    const target = event.target;
    const typing = target instanceof HTMLInputElement && target.type !== 'checkbox' || target instanceof HTMLTextAreaElement
        || target instanceof HTMLSelectElement;
    if (event.key === 'Escape' && typing) {
      target.blur();
      return;
    }
    if (typing || this.#helping) return;
    if (this.#chord) {
      this.#chord = false;
      const to = { r: '/', c: '/compare' }[event.key];
      if (to) return route.go(to);
    }
    if (event.key === 'g') this.#chord = true;
    else if (event.key === '?') this.#help(true);
    else if (event.key === '/') document.querySelector('[data-search]')?.select();
    else if (!this.#view?.key(event.key, target)) return;
    event.preventDefault();
  }
}

new App().start();
