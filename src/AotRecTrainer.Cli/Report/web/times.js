"use strict";

// What EpochParts has, in the order in which it happens.
const parts = [
  ["send", "parameters out", "#986ee2"], ["wait", "cold start, invocation, waiting", "#c69026"], ["load", "reading and decoding", "#39c5cf"],
  ["compute", "computing", "#2f81f7"], ["write", "statistics out", "#d4669c"], ["reduce", "adding up", "#57ab5a"], ["step", "step", "#e5534b"],
];
const other = ["other", "the rest", "#8b949e"];

function canvasFor(title, rows) {
  const box = document.createElement("div");
  box.className = "chart";
  if (rows) box.style.height = `${Math.max(12, 4 + 1.4 * rows)}rem`;
  const canvas = document.createElement("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", title);
  box.append(canvas);
  const place = document.getElementById("times");
  place.append(cell("h3", title), box);
  return canvas;
}

const median = values => values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
const partSum = epoch => parts.reduce((sum, [name]) => sum + (epoch.parts?.[name] ?? 0), 0);

// Metrics of an earlier version tell computing from the rest, and no more.
function partsOf(epoch) {
  const known = epoch.parts ?? { compute: epoch.workerMilliseconds ?? 0 };
  return { ...known, other: Math.max(epoch.milliseconds - (epoch.parts ? partSum(epoch) : known.compute), 0) };
}

function epochTimes(run) {
  const split = run.metrics.map(partsOf);
  return new Chart(canvasFor(`${run.name}: every epoch by part`), {
    type: "bar",
    data: {
      datasets: [...parts, other].filter(([name]) => split.some(epoch => epoch[name] > 0)).map(([name, label, color]) => ({
        label,
        data: split.map((epoch, index) => ({ x: run.metrics[index].epoch, y: epoch[name] ?? 0 })),
        backgroundColor: color,
        stack: "time",
      })),
    },
    options: axes("epoch", "ms", {}, true),
  });
}

// Two bars for each worker: the first epoch, which has the cold start, and the median of the later ones.
function workerBars(run) {
  const indices = [...new Set(run.metrics.flatMap(epoch => (epoch.workers ?? []).map(time => time.worker)))].sort((a, b) => a - b);
  return indices.flatMap(index => {
    const [first, ...later] = run.metrics.flatMap(epoch => (epoch.workers ?? []).filter(time => time.worker === index));
    const wait = time => Math.max(time.milliseconds - time.load - time.compute - time.write, 0);
    const bar = (label, times) => ({
      label,
      wait: median(times.map(wait)),
      ...Object.fromEntries(["load", "compute", "write"].map(name => [name, median(times.map(time => time[name]))])),
    });
    const bars = [bar(`worker ${index}, first epoch${first.coldStart ? " (cold start)" : ""}`, [first])];
    if (later.length > 0) bars.push(bar(`worker ${index}, a later epoch`, later));
    return bars;
  });
}

function workerTimes(run) {
  const bars = workerBars(run);
  const options = axes("ms", "", {}, true);
  options.indexAxis = "y";
  options.scales.y.type = "category";
  options.scales.y.ticks.autoSkip = false;
  return new Chart(canvasFor(`${run.name}: every worker by part`, bars.length), {
    type: "bar",
    data: {
      labels: bars.map(bar => bar.label),
      datasets: parts.filter(([name]) => name in bars[0]).map(([name, label, color]) => ({
        label, data: bars.map(bar => bar[name]), backgroundColor: color, stack: "time",
      })),
    },
    options,
  });
}

// What a later epoch takes: the first one has the cold starts, and there may be no other.
function times() {
  const later = run => run.metrics.length > 1 ? run.metrics.slice(1) : run.metrics;
  const row = (label, value) => [label, run => run.metrics.length > 0 ? number(median(later(run).map(value)), 2) : ""];
  compare("times-table", [
    ["first epoch", run => number(run.metrics[0]?.milliseconds, 2)],
    row("a later epoch", epoch => epoch.milliseconds),
    ...[...parts, other].map(([name, label]) => row(label, epoch => partsOf(epoch)[name] ?? null))
      .filter(([, value]) => runs.some(run => !["", "0.00"].includes(value(run)))),
  ]);
}
