// What all pages share. The rest is markup: htmx asks for pieces anew, Alpine minds the form of a new call.
'use strict';
(() => {
  // Pieces are asked for while somebody looks: each second what goes on, each five what hardly changes.
  let beats = 0;
  const beat = () => {
    if (document.hidden || !window.htmx) return;
    htmx.trigger(document.body, 'tick');
    if (++beats % 5 === 0) htmx.trigger(document.body, 'slow');
  };
  setInterval(beat, 1000);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) beat(); });

  // On a telephone the way to the pages is longer than the screen.
  document.querySelector('nav [aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });

  // Signing in: times are shown as the browser's clock has them; a key behind the # of the address, which no server sees, is used at once.
  const form = document.getElementById('sign-in');
  if (form) {
    form.zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone || '';
    const key = location.hash.slice(1);
    if (/^od_[0-9A-Za-z]{12}_[0-9A-Za-z]{40}$/.test(key)) {
      history.replaceState(null, '', location.pathname + location.search);
      form.key.value = key;
      if (!form.querySelector('.trouble').textContent) form.submit();
    }
  }

  // The ladder: the message that is chosen is read beside it.
  const choose = (message) => {
    const ladder = message.closest('.sip');
    ladder.querySelectorAll('.message').forEach((one) => one.classList.toggle('chosen', one === message));
    ladder.querySelectorAll('.messages > *').forEach((one) => { one.hidden = one.dataset.of !== message.id; });
  };
  document.addEventListener('click', (event) => { const message = event.target.closest('.sip .message'); if (message) choose(message); });
  document.addEventListener('keydown', (event) => {
    const message = event.target.closest?.('.sip .message');
    if (message && (event.key === 'Enter' || event.key === ' ')) { event.preventDefault(); choose(message); }
  });

  // A form that is on its way is not sent twice.
  document.addEventListener('submit', (event) => {
    const button = event.target.querySelector('button.primary');
    if (button && event.target.method === 'post') setTimeout(() => { button.disabled = true; }, 0);
  });
  addEventListener('pageshow', () => document.querySelectorAll('button.primary').forEach((button) => { button.disabled = false; }));

  document.addEventListener('alpine:init', () => {
    Alpine.data('place', () => ({
      said: 'WAV, MP3 or Ogg; it is uploaded when it is chosen.',
      async upload(event) {
        const file = event.target.files[0];
        if (!file) return;
        this.$refs.file.value = '';
        this.said = 'Uploading ' + file.name + ' …';
        try {
          const answer = await fetch('/uploads?name=' + encodeURIComponent(file.name), {
            method: 'POST', body: file,
            headers: { 'X-CSRF-Token': document.body.dataset.csrf, 'Content-Type': file.type || 'application/octet-stream' },
          });
          const told = await answer.json().catch(() => ({ trouble: 'It could not be uploaded (' + answer.status + ').' }));
          this.said = told.sound ? file.name + ' is ready to be played.' : told.trouble;
          this.$refs.file.value = told.sound || '';
        } catch (away) {
          this.said = 'The server cannot be reached.';
        }
      },
    }));
  });
})();
