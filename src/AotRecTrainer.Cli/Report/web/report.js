"use strict";

const runs = JSON.parse(document.getElementById("data").textContent).runs;
const palette = ["#2f81f7", "#e5534b", "#57ab5a", "#c69026", "#986ee2", "#39c5cf", "#d4669c", "#768390"];

const number = (value, digits) => value === null || value === undefined ? "" : value.toLocaleString("en-US", {
  minimumFractionDigits: digits, maximumFractionDigits: digits,
});
const colorOf = index => palette[index % palette.length];

// Text goes in as text: names and messages come from files.
function cell(kind, text, style) {
  const made = document.createElement(kind);
  made.textContent = text ?? "";
  if (style) made.className = style;
  return made;
}

function table(place, heads, rows, style) {
  const made = document.createElement("table");
  const head = made.createTHead().insertRow();
  for (const text of heads) head.append(cell("th", text));
  const body = made.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const text of row) line.append(cell("td", text, style));
  }

  document.getElementById(place).append(made);
}

// One line for each name, one column for each run; a line that says nothing of any run is left out.
function compare(place, lines, style) {
  const rows = lines
    .map(([name, value]) => [name, ...runs.map(run => value(run) ?? "")])
    .filter(row => row.slice(1).some(text => text !== ""));
  if (rows.length === 0) {
    document.getElementById(place).append(cell("p", "Not known yet: the run is not complete.", "note"));
    return;
  }

  table(place, ["", ...runs.map(run => run.name)], rows, style);
}

function flatten(value, path = "") {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return [[path, value]];
  return Object.entries(value).flatMap(([name, inner]) => flatten(inner, path ? `${path}.${name}` : name));
}

function settings() {
  const flat = runs.map(run => new Map(flatten(run.config ?? {})));
  const names = [...new Set(flat.flatMap(map => [...map.keys()]))];
  table("settings-table", ["", ...runs.map(run => run.name)],
    names.map(name => [name, ...flat.map(map => {
      const value = map.get(name);
      return value === undefined || value === null ? "" : String(value);
    })]), "text");
}

function summary() {
  const last = run => run.metrics[run.metrics.length - 1] ?? {};
  const sum = run => run.metrics.reduce((total, epoch) => total + epoch.milliseconds, 0);
  compare("summary-table", [
    ["state", run => run.status?.state],
    ["message", run => run.status?.message],
    ["epochs", run => number(run.status?.epoch)],
    ["held-out RMSE", run => number(run.result?.testRmse ?? run.status?.testRmse, 4)],
    ["held-out MAE", run => number(run.result?.testMae ?? run.status?.testMae, 4)],
    ["training RMSE", run => number(run.result?.trainRmse ?? run.status?.trainRmse, 4)],
    ["seconds", run => number(run.result?.wallSeconds ?? run.status?.elapsedSeconds, 2)],
    ["of them in epochs", run => number(sum(run) / 1000, 2)],
    ["workers", run => number(run.result?.workers)],
    ["cold starts", run => number(run.result?.coldStarts)],
    ["retries", run => number(run.result?.retries)],
    ["kernel", run => run.result?.kernel],
    ["last epoch measured", run => number(last(run).epoch)],
    ["model", run => run.result?.model],
    ["SHA-256 of the parameters", run => run.result?.parametersSha256],
  ]);
}

function cost() {
  compare("cost-table", [
    ["US dollars on AWS", run => number(run.result?.costUsd, 6)],
    ["processor that is priced", run => run.result?.architecture],
    ["memory of a function, MB", run => number(run.result?.memoryMegabytes)],
    ["GB-seconds", run => number(run.result?.billedGbSeconds, 3)],
    ["invocations", run => number(run.result?.requests?.invoke)],
    ["PUT", run => number(run.result?.requests?.put)],
    ["GET", run => number(run.result?.requests?.get)],
    ["LIST", run => number(run.result?.requests?.list)],
    ["DELETE", run => number(run.result?.requests?.delete)],
  ]);
}

function dataset() {
  compare("dataset-table", [
    ["location", run => run.config?.dataset],
    ["users", run => number(run.dataset?.users)],
    ["items", run => number(run.dataset?.items)],
    ["training ratings", run => number(run.dataset?.trainRatings)],
    ["held-out ratings", run => number(run.dataset?.testRatings)],
    ["mean rating", run => number(run.dataset?.globalMean, 3)],
    ["deviation of ratings", run => number(run.dataset?.ratingDeviation, 3)],
    ["shards", run => number(run.dataset?.shards)],
  ]);
}

function epochs() {
  const rows = runs.flatMap(run => run.metrics.map(epoch => [
    run.name, number(epoch.epoch), number(epoch.trainRmse, 4), number(epoch.testRmse, 4), number(epoch.testMae, 4),
    number(epoch.milliseconds, 1), number(epoch.workerMilliseconds, 1),
  ]));
  table("epochs-table", ["run", "epoch", "training RMSE", "held-out RMSE", "held-out MAE", "ms", "of them computing"], rows);
}

function line(label, run, value, color, dash) {
  return {
    label,
    data: run.metrics.map(epoch => ({ x: epoch.epoch, y: value(epoch) })),
    borderColor: color,
    backgroundColor: color,
    borderDash: dash,
    borderWidth: 1.5,
    pointRadius: run.metrics.length > 60 ? 0 : 2,
  };
}

function axes(x, y, legend, stacked) {
  const style = getComputedStyle(document.documentElement);
  const text = style.getPropertyValue("--faint");
  const grid = { color: style.getPropertyValue("--line") };
  const axis = (title, more) => ({ title: { display: true, text: title, color: text }, ticks: { color: text }, grid, ...more });
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    interaction: { mode: "index", intersect: false },
    plugins: { legend: { labels: { color: text, ...legend } } },
    scales: { x: axis(x, { type: "linear", stacked, ticks: { color: text, precision: 0 } }), y: axis(y, { stacked }) },
  };
}

function charts() {
  const drawn = [new Chart("errors", {
    type: "line",
    data: {
      datasets: runs.flatMap((run, index) => {
        const name = runs.length > 1 ? `${run.name}: ` : "";
        return [
          line(`${name}training`, run, epoch => epoch.trainRmse, colorOf(index), [5, 4]),
          line(`${name}held out`, run, epoch => epoch.testRmse, colorOf(index), []),
        ];
      }),
    },
    options: axes("epochs behind the parameters", "RMSE", { usePointStyle: true, pointStyle: "line" }),
  })];
  for (const run of runs) {
    drawn.push(epochTimes(run));
    if (run.config?.execution?.workers !== 0 && run.metrics.some(epoch => epoch.workers?.length)) drawn.push(workerTimes(run));
  }

  return drawn;
}

document.getElementById("subtitle").textContent = runs.map(run => run.location).join(" · ");
summary();
times();
cost();
dataset();
settings();
epochs();
if (typeof Chart === "undefined") {
  for (const box of document.querySelectorAll(".chart, #times"))
    box.replaceWith(cell("p", "The charts' library was not there when this program was built; the tables below have all figures.", "note"));
} else {
  let drawn = charts();
  const redraw = () => {
    for (const chart of drawn) chart.destroy();
    document.getElementById("times").replaceChildren();
    drawn = charts();
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  addEventListener("beforeprint", () => drawn.forEach(chart => chart.resize()));
}
