// Figures of a call by the second: jitter, loss and level below one another over the same time.
'use strict';
(() => {
  const KINDS = [
    { name: 'jitter_ms', label: 'Jitter, ms', colour: '--busy', floor: 0, least: 5 },
    { name: 'loss_percent', label: 'Loss, %', colour: '--bad', floor: 0, least: 1 },
    { name: 'level_dbov', label: 'Level, dBov', colour: '--accent', floor: null, least: 10 },
  ];
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function draw(place) {
    place.replaceChildren();
    const series = JSON.parse(place.dataset.series);
    const step = (series.interval_ms || 1000) / 1000;
    const sync = uPlot.sync('call');
    const kinds = KINDS.filter((kind) => (series[kind.name] || []).some((value) => value !== null));
    kinds.forEach((kind, i) => {
      const values = series[kind.name];
      const isLast = i === kinds.length - 1;
      const axis = { stroke: css('--soft'), grid: { stroke: css('--line'), width: 1 }, ticks: { stroke: css('--line') }, font: '11px system-ui' };
      new uPlot({
        width: place.clientWidth - 32, height: isLast ? 96 : 76,
        cursor: { sync: { key: sync.key }, y: false },
        scales: {
          x: { time: false },
          y: { range: (u, low, high) => kind.floor === null
            ? [Math.min(low ?? -60, -60), Math.max(high ?? 0, 0)]
            : [0, Math.max(high ?? 0, kind.least) * 1.1] },
        },
        series: [
          { label: 'Second', value: (u, at) => (at === null ? '' : at.toFixed(0) + ' s') },
          { label: kind.label, stroke: css(kind.colour), width: 1.5, spanGaps: false, points: { show: values.length < 3 }, value: (u, at) => (at === null ? '' : at.toFixed(1)) },
        ],
        axes: [
          { ...axis, size: isLast ? 26 : 6, incrs: [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600], values: (u, at) => at.map((one) => (isLast ? one + ' s' : '')) },
          { ...axis, size: 42 },
        ],
      }, [values.map((value, at) => at * step), values], place);
    });
  }

  const all = () => document.querySelectorAll('.plots[data-series]').forEach(draw);
  document.addEventListener('DOMContentLoaded', all);
  document.addEventListener('htmx:afterSwap', (event) => event.target.querySelectorAll?.('.plots[data-series]').forEach(draw));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', all);
  let width = innerWidth;
  addEventListener('resize', () => { if (innerWidth !== width) { width = innerWidth; all(); } });
})();
