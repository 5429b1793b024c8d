// Where the reader is: everything that makes a view what it is stands in the address, so that a link shows the same.

const listeners = new Set();

/** The address, taken apart: which view, of which run, with which parameters. */
export function current() {
  const path = location.pathname;
  const params = new URLSearchParams(location.search);
  const run = /^\/runs\/([A-Za-z0-9][A-Za-z0-9._-]*)$/.exec(path);
  if (run) return { view: 'run', run: run[1], params };
  if (path === '/compare') return { view: 'compare', params };
  return { view: 'runs', params };
}

export function onChange(listener) {
  listeners.add(listener);
}

/** Another view: the way back leads here. */
export function go(address) {
  if (address !== location.pathname + location.search) history.pushState(null, '', address);
  tell();
}

/** The same view with other parameters; null, '' and false take one away. */
export function set(changes, { push = false } = {}) {
  const params = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === undefined || value === '' || value === false) params.delete(name);
    else params.set(name, String(value));
  }
  const query = readable(params);
  const address = location.pathname + (query ? `?${query}` : '');
  if (address === location.pathname + location.search) return;
  if (push) history.pushState(null, '', address);
  else history.replaceState(null, '', address);
  tell();
}

export function link(path, params = {}) {
  const given = new URLSearchParams(Object.entries(params).filter(([, value]) => value !== null && value !== undefined && value !== ''));
  const query = readable(given);
  return path + (query ? `?${query}` : '');
}

/** Commas and colons need no escape in a query, and addresses are read by people. */
function readable(params) {
  return params.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
}

function tell() {
  const route = current();
  for (const listener of listeners) listener(route);
}

addEventListener('popstate', tell);

// Links of ours do not load the page again.
addEventListener('click', event => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const anchor = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!anchor || anchor.target || anchor.hasAttribute('download')) return;
  const to = new URL(anchor.href, location.href);
  if (to.origin !== location.origin || to.pathname.startsWith('/v1/') || to.hash) return;
  event.preventDefault();
  go(to.pathname + to.search);
});
