// The picture of a recording (WAV, 16 bits or G.711), drawn from its bytes, with what plays it. The left channel stands above, the right below.
'use strict';
(() => {
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  // G.711 as ITU-T has it.
  const mulaw = (byte) => { const b = ~byte & 0xFF, t = (((b & 0x0F) << 3) + 0x84) << ((b & 0x70) >> 4); return (b & 0x80 ? 0x84 - t : t - 0x84) / 32768; };
  const alaw = (byte) => { const b = byte ^ 0x55, e = (b & 0x70) >> 4, m = (b & 0x0F) << 4; const t = e === 0 ? m + 8 : (m + 0x108) << (e - 1); return (b & 0x80 ? t : -t) / 32768; };

  // Format and samples of a WAV file; null for what is none.
  function parse(buffer) {
    const view = new DataView(buffer);
    const word = (at) => String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
    if (buffer.byteLength < 44 || word(0) !== 'RIFF' || word(8) !== 'WAVE') return null;
    let format = null;
    for (let at = 12; at + 8 <= buffer.byteLength;) {
      const kind = word(at), length = Math.min(view.getUint32(at + 4, true), buffer.byteLength - at - 8);
      if (kind === 'fmt ') format = { code: view.getUint16(at + 8, true), channels: view.getUint16(at + 10, true), rate: view.getUint32(at + 12, true) };
      if (kind === 'data' && format) {
        const bytes = format.code === 1 ? 2 : 1, from = at + 8;
        const read = format.code === 1 ? (i) => view.getInt16(from + i * 2, true) / 32768
          : format.code === 7 ? (i) => mulaw(view.getUint8(from + i)) : (i) => alaw(view.getUint8(from + i));
        return { ...format, frames: Math.floor(length / bytes / format.channels), sample: read };
      }
      at += 8 + length + (length & 1);
    }
    return null;
  }

  // The highest and lowest sample of each slice and channel.
  function peaks(sound, count) {
    return Array.from({ length: sound.channels }, (none, channel) => Array.from({ length: count }, (nothing, slice) => {
      const from = Math.floor(slice * sound.frames / count), to = Math.max(from + 1, Math.floor((slice + 1) * sound.frames / count));
      const stride = Math.max(1, Math.floor((to - from) / 200));
      let low = 0, high = 0;
      for (let i = from; i < to && i < sound.frames; i += stride) {
        const value = sound.sample(i * sound.channels + channel);
        if (value < low) low = value;
        if (value > high) high = value;
      }
      return [low, high];
    }));
  }

  function begin(wave) {
    if (wave.dataset.begun) return;
    wave.dataset.begun = 'yes';
    const picture = wave.querySelector('.picture'), canvas = wave.querySelector('canvas');
    const button = wave.querySelector('.play'), told = wave.querySelector('.at'), whole = told.textContent;
    const audio = new Audio();
    audio.preload = 'none';
    audio.src = wave.dataset.sound;
    let sound = null, shape = null;

    const length = () => (sound ? sound.frames / sound.rate : audio.duration || 0);
    const clock = (s) => Math.floor(s / 60) + ':' + String(Math.floor(s % 60)).padStart(2, '0');

    function draw() {
      const ratio = devicePixelRatio || 1, width = picture.clientWidth, height = picture.clientHeight;
      canvas.width = width * ratio; canvas.height = height * ratio;
      if (!shape || shape[0].length !== width) shape = sound && width ? peaks(sound, width) : shape;
      if (!shape) return;
      const pen = canvas.getContext('2d');
      pen.scale(ratio, ratio);
      const played = length() ? audio.currentTime / length() * width : 0;
      const lane = height / shape.length, bright = css('--accent');
      shape.forEach((slices, channel) => {
        const middle = lane * (channel + .5);
        slices.forEach(([low, high], x) => {
          pen.globalAlpha = x < played ? 1 : .5;
          pen.fillStyle = bright;
          const top = Math.sqrt(high) * lane * .48, bottom = Math.sqrt(-low) * lane * .48;
          pen.fillRect(x, middle - top, 1, Math.max(1, top + bottom));
        });
      });
      pen.globalAlpha = 1;
      if (played > 0) { pen.fillStyle = bright; pen.fillRect(played, 0, 1, height); }
    }

    function show() {
      picture.setAttribute('aria-valuenow', Math.floor(audio.currentTime));
      told.textContent = audio.paused && audio.currentTime === 0 ? whole : clock(audio.currentTime);
      draw();
    }

    function run() { show(); if (!audio.paused) requestAnimationFrame(run); }
    function seek(seconds) { audio.currentTime = Math.max(0, Math.min(length() || 0, seconds)); show(); }

    button.addEventListener('click', () => { if (audio.paused) audio.play(); else audio.pause(); });
    audio.addEventListener('play', () => { button.textContent = '❚❚'; button.setAttribute('aria-label', 'Pause'); run(); });
    for (const over of ['pause', 'ended']) audio.addEventListener(over, () => { button.textContent = '▶'; button.setAttribute('aria-label', 'Play'); show(); });
    audio.addEventListener('ended', () => { audio.currentTime = 0; show(); });
    picture.addEventListener('click', (event) => { const box = picture.getBoundingClientRect(); seek((event.clientX - box.left) / box.width * length()); });
    picture.addEventListener('keydown', (event) => {
      const by = { ArrowLeft: -2, ArrowRight: 2, PageDown: -10, PageUp: 10, Home: -1e9, End: 1e9 }[event.key];
      if (by) { event.preventDefault(); seek(audio.currentTime + by); }
      if (event.key === ' ' || event.key === 'Enter') { event.preventDefault(); button.click(); }
    });
    new ResizeObserver(draw).observe(picture);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);

    fetch(wave.dataset.sound)
      .then((answer) => (answer.ok ? answer.arrayBuffer() : Promise.reject(new Error(answer.status))))
      .then((buffer) => { sound = parse(buffer); show(); })
      .catch(() => { told.textContent = 'cannot be read'; });
  }

  // Those that nobody has scrolled to are not fetched.
  const seen = new IntersectionObserver((entries) => entries.filter((one) => one.isIntersecting).forEach((one) => begin(one.target)));
  const all = (root) => root.querySelectorAll?.('.wave').forEach((wave) => seen.observe(wave));
  document.addEventListener('DOMContentLoaded', () => all(document));
  document.addEventListener('htmx:afterSwap', (event) => all(event.target));
})();
