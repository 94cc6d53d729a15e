// Keeps the page for use without a network. Under Trusted Types a worker's address needs a policy: this one lets
// nothing through but the page's own service worker. It waits until
// the self-check is there, whose loading it would slow down.

if ('serviceWorker' in navigator && location.protocol !== 'file:') {
  const own = 'sw.js';
  const policy = globalThis.trustedTypes?.createPolicy('modenhet-page', {
    createScriptURL(url) {
      if (url !== own) throw new TypeError(`not the page's own: ${url}`);
      return url;
    },
  });
  const check = document.querySelector('maturity-check');
  const keep = () => navigator.serviceWorker.register(policy ? policy.createScriptURL(own) : own).catch(() => {
    // Then the page works as long as there is a network.
  });
  if (check.scorer) keep();
  else check.addEventListener('ready', keep, { once: true });
}
