/* Draws the charts of a page from the tables that stand in them. docs/developers.md tells what a table must have. */

"use strict";

(() => {
  /* More than this nobody tells apart: the figure stays a table. */
  const MOST_ROWS = 60;
  /* In pixels, since the root's type is smaller on paper. */
  const LANE = 16;
  const WIDTH_ON_PAPER = 600;
  const LANGUAGE = document.documentElement.lang || undefined;
  const NUMBERS = new Intl.NumberFormat(LANGUAGE);
  const PROPERTIES = ["ink", "soft", "rule", "paper", "for", "against", "neutral", "open", "measured"];
  const SHAPES = { for: "circle", against: "rectRot", neutral: "rect", open: "triangle" };

  /* Reading the table ------------------------------------------------------------------------------------------- */

  /* What a cell holds: data-value where it is no whole number, else the digits of its text; null where there are none. */
  const valueOf = (cell) => {
    if (cell.dataset.value !== undefined) return cell.dataset.value === "" ? null : Number(cell.dataset.value);
    const digits = cell.textContent.replace(/\D/g, "");
    return digits === "" ? null : Number(digits);
  };
  const wordsOf = (element) => element.textContent.replace(/\s+/g, " ").trim();
  const bound = (text) => (text === undefined || text === "" ? null : Number(text));

  const read = (table) => {
    const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
    const series = heads
      .map((head, column) => ({ key: head.dataset.series, label: wordsOf(head), column }))
      .filter(({ key }) => key);
    const rows = [];
    for (const body of table.tBodies) {
      const group = body.querySelector("th[scope=rowgroup]");
      for (const row of body.rows) {
        if (row.cells.length < heads.length) continue;
        const head = row.querySelector("th[scope=row]");
        const cells = Object.fromEntries(series.map(({ key, column }) => {
          const cell = row.cells[column];
          return [key, {
            value: valueOf(cell),
            low: bound(cell.dataset.low),
            high: bound(cell.dataset.high),
            words: wordsOf(cell),
            address: (cell.querySelector("a") ?? head.querySelector("a"))?.href,
          }];
        }));
        rows.push({
          group: group ? wordsOf(group) : "",
          label: wordsOf(head),
          time: head.querySelector("time")?.dateTime ?? wordsOf(head),
          cells,
        });
      }
    }
    return { series, rows };
  };

  /* One place that can be pointed at: where it is drawn, where the arrow keys find it, and what it says. */
  const pointOf = (row, each, place) => ({
    ...place,
    title: [row.group, row.label].filter(Boolean).join(", "),
    words: `${each.label} ${row.cells[each.key].words}`,
    address: row.cells[each.key].address,
  });

  /* Colours and patterns: from the style sheet, so that a chart is dark, printed or high in contrast with its page -- */

  const themeOf = (figure) => {
    const style = getComputedStyle(figure);
    const probe = figure.querySelector(".chart-probe");
    const theme = { font: { family: style.fontFamily, size: 13 } };
    for (const name of PROPERTIES) {
      /* Set and read back: only so do the names of the system's colours become colours. */
      probe.style.color = style.getPropertyValue(`--chart-${name}`);
      theme[name] = getComputedStyle(probe).color;
    }
    return theme;
  };

  /* Told apart without colour too: solid, slanted stripes, level stripes, a slanted hatch on paper. */
  const fillOf = (theme, key) => {
    if (!(key in SHAPES)) return theme.measured;
    if (key === "for") return theme.for;
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const pen = tile.getContext("2d");
    pen.fillStyle = key === "open" ? theme.paper : theme[key];
    pen.fillRect(0, 0, 8, 8);
    pen.strokeStyle = key === "open" ? theme.open : theme.paper;
    pen.lineWidth = key === "against" ? 1.75 : 1.25;
    pen.beginPath();
    if (key === "neutral") {
      pen.moveTo(0, 2);
      pen.lineTo(8, 2);
      pen.moveTo(0, 6);
      pen.lineTo(8, 6);
    } else {
      for (const shift of [-8, 0, 8]) {
        pen.moveTo(shift, 8);
        pen.lineTo(shift + 8, 0);
      }
    }
    pen.stroke();
    return pen.createPattern(tile, "repeat");
  };

  const looksOf = (theme, key) => ({
    backgroundColor: fillOf(theme, key),
    borderColor: key in SHAPES ? theme[key] : theme.soft,
    borderWidth: 1,
    hoverBorderColor: theme.ink,
    hoverBorderWidth: 2,
    pointStyle: SHAPES[key] ?? "circle",
  });

  const axis = (theme, more) => ({
    ticks: { color: theme.soft, font: theme.font, maxRotation: 0, autoSkipPadding: 12, ...more?.ticks },
    grid: { color: theme.rule, ...more?.grid },
    border: { color: theme.rule },
    title: more?.title ? { display: true, text: more.title, color: theme.soft, font: theme.font } : { display: false },
    ...more?.scale,
  });
  const counted = { precision: 0, autoSkip: false, maxTicksLimit: 7, callback: (value) => NUMBERS.format(Math.abs(value)) };
  const zeroIn = (theme) => ({ tick }) => (tick.value === 0 ? theme.soft : theme.rule);
  const withUnit = (unit) => ({ callback: (value) => `${NUMBERS.format(value)}${unit ? ` ${unit}` : ""}` });

  const shortened = (words, most) => (words.length > most ? `${words.slice(0, Math.max(most - 1, 0))}…` : words);

  /* The kinds: each makes of the table what Chart.js draws, the points and the height in pixels --------------------- */

  /* For upwards, against downwards, the others beside them; a row is a period. */
  const sides = ({ series, rows }, theme) => {
    const present = series.filter(({ key }) => rows.some((row) => row.cells[key].value));
    const datasets = present.map((each) => ({
      label: each.label,
      data: rows.map((row) => (each.key === "against" ? -1 : 1) * (row.cells[each.key].value ?? 0)),
      stack: each.key === "for" || each.key === "against" ? "sides" : "others",
      maxBarThickness: 44,
      ...looksOf(theme, each.key),
    }));
    const points = present.flatMap((each, dataset) => rows.flatMap((row, index) => (
      row.cells[each.key].value ? [pointOf(row, each, { dataset, index, x: index, y: dataset })] : [])));
    return {
      points,
      height: 272,
      config: {
        type: "bar",
        data: { labels: rows.map(({ label }) => label), datasets },
        options: {
          scales: {
            x: axis(theme, { grid: { display: false }, scale: { stacked: true } }),
            y: axis(theme, { ticks: counted, grid: { color: zeroIn(theme) }, scale: { stacked: true } }),
          },
        },
      },
    };
  };

  /* A line for each group with a dot for each side in each period, the larger the more. */
  const dots = ({ series, rows }, theme) => {
    const present = series.filter(({ key }) => rows.some((row) => row.cells[key].value));
    const groups = [...new Set(rows.map(({ group }) => group))];
    const times = new Map([...rows].sort((a, b) => (a.time < b.time ? -1 : 1)).map(({ time, label }) => [time, label]));
    const order = new Map([...times.keys()].map((time, index) => [time, index]));
    const most = Math.max(12, ...rows.flatMap(({ cells }) => present.map(({ key }) => cells[key].value ?? 0)));
    /* In lanes: the name of the group, then one for each side. */
    const name = 1.6;
    const line = name + present.length;
    const points = [];
    const datasets = present.map((each, dataset) => {
      const data = [];
      for (const row of rows) {
        const { value } = row.cells[each.key];
        if (!value) continue;
        const group = groups.indexOf(row.group);
        const x = order.get(row.time);
        const y = group + (name + dataset + 0.4) / line;
        points.push(pointOf(row, each, { dataset, index: data.length, x, y }));
        data.push({ x, y, radius: 3 + 5.5 * Math.sqrt(value / most) });
      }
      const radius = ({ raw, chart }) => (
        Math.min(raw?.radius ?? 4, Math.max(3, (chart.chartArea?.width ?? 600) / order.size / 2)));
      return { label: each.label, data, radius, hoverRadius: radius, ...looksOf(theme, each.key) };
    });
    return {
      points,
      height: 64 + groups.length * line * LANE,
      config: {
        type: "scatter",
        data: { datasets },
        options: {
          scales: {
            x: axis(theme, {
              grid: { display: false },
              ticks: { callback: (value) => [...times.values()][value] },
              scale: {
                min: -0.5,
                max: order.size - 0.5,
                afterBuildTicks: (scale) => {
                  scale.ticks = [...order.values()].map((value) => ({ value }));
                },
              },
            }),
            y: { display: false, reverse: true, min: 0, max: groups.length },
          },
        },
        plugins: [{ id: "groups", beforeDatasetsDraw: (chart) => nameGroups(chart, groups, theme) }],
      },
    };
  };

  const nameGroups = ({ ctx, chartArea, scales }, groups, theme) => {
    ctx.save();
    ctx.font = `${theme.font.size}px ${theme.font.family}`;
    ctx.textBaseline = "top";
    groups.forEach((group, index) => {
      const top = scales.y.getPixelForValue(index);
      ctx.fillStyle = theme.rule;
      ctx.fillRect(chartArea.left, top, chartArea.width, 1);
      ctx.fillStyle = theme.ink;
      let words = group;
      while (words && ctx.measureText(words).width > chartArea.width) words = shortened(words, words.length - 2);
      ctx.fillText(words, chartArea.left, top + 5);
    });
    ctx.restore();
  };

  /* What was right beside what was expected, with the range of the true share; on the line the two are the same. */
  const reliability = ({ series, rows }, theme, { unit = "%" }) => {
    const [expected, found] = series;
    const known = rows.filter(({ cells }) => cells[expected.key].value !== null && cells[found.key].value !== null);
    const data = known.map(({ cells }) => ({ x: cells[expected.key].value, y: cells[found.key].value }));
    return {
      points: known.map((row, index) => pointOf(row, found, { dataset: 0, index, x: index, y: 0 })),
      height: 352,
      config: {
        type: "scatter",
        data: {
          datasets: [
            {
              label: found.label,
              data,
              ranges: known.map(({ cells }) => cells[found.key]),
              radius: 5,
              clip: false,
              hoverRadius: 7,
              ...looksOf(theme, found.key),
            },
            {
              label: "",
              data: [{ x: 0, y: 0 }, { x: 100, y: 100 }],
              showLine: true,
              borderColor: theme.soft,
              borderDash: [4, 4],
              borderWidth: 1,
              radius: 0,
              hitRadius: 0,
              hoverRadius: 0,
            },
          ],
        },
        options: {
          plugins: { legend: { display: false } },
          scales: {
            x: axis(theme, { title: expected.label, ticks: withUnit(unit), scale: { min: 0, max: 100 } }),
            y: axis(theme, { title: found.label, ticks: withUnit(unit), scale: { min: 0, max: 100 } }),
          },
        },
        plugins: [rangesPlugin(theme)],
      },
    };
  };

  /* A bar for each row, with the range of the true value. */
  const bars = ({ series, rows }, theme, { unit = "", max }) => {
    const [found] = series;
    const known = rows.filter(({ cells }) => cells[found.key].value !== null);
    return {
      points: known.map((row, index) => pointOf(row, found, { dataset: 0, index, x: 0, y: index })),
      height: 56 + known.length * 28,
      config: {
        type: "bar",
        data: {
          labels: known.map(({ label }) => label),
          datasets: [{
            label: found.label,
            data: known.map(({ cells }) => cells[found.key].value),
            ranges: known.map(({ cells }) => cells[found.key]),
            maxBarThickness: 20,
            ...looksOf(theme, found.key),
          }],
        },
        options: {
          indexAxis: "y",
          plugins: { legend: { display: false } },
          scales: {
            x: axis(theme, {
              title: found.label,
              ticks: withUnit(unit),
              scale: { min: 0, max: max === undefined ? undefined : Number(max) },
            }),
            y: axis(theme, {
              grid: { display: false },
              ticks: {
                color: theme.ink,
                autoSkip: false,
                callback(index) {
                  return shortened(known[index].label, this.chart.width < 480 ? 14 : 30);
                },
              },
            }),
          },
        },
        plugins: [rangesPlugin(theme)],
      },
    };
  };

  const rangesPlugin = (theme) => ({
    id: "ranges",
    afterDatasetsDraw: (chart) => {
      const { ctx, data, scales } = chart;
      const lies = chart.options.indexAxis === "y";
      const scale = lies ? scales.x : scales.y;
      ctx.save();
      ctx.strokeStyle = theme.ink;
      ctx.lineWidth = 1.5;
      ctx.beginPath();
      data.datasets.forEach(({ ranges = [] }, dataset) => ranges.forEach(({ low, high }, index) => {
        if (low === null || high === null) return;
        const { x, y } = chart.getDatasetMeta(dataset).data[index];
        const [from, to] = [low, high].map((value) => scale.getPixelForValue(value));
        const at = (along, across) => (lies ? [along, y + across] : [x + across, along]);
        ctx.moveTo(...at(from, 0));
        ctx.lineTo(...at(to, 0));
        for (const end of [from, to]) {
          ctx.moveTo(...at(end, -4));
          ctx.lineTo(...at(end, 4));
        }
      }));
      ctx.stroke();
      ctx.restore();
    },
  });

  const KINDS = { sides, dots, reliability, bars };

  /* Drawing --------------------------------------------------------------------------------------------------------- */

  const shared = (theme, pointAt) => ({
    locale: LANGUAGE,
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    events: ["mousemove", "mouseout", "click"],
    layout: { padding: { top: 4 } },
    plugins: {
      legend: {
        align: "start",
        position: "bottom",
        onClick: null,
        labels: { color: theme.ink, font: theme.font, usePointStyle: false, boxWidth: 16, boxHeight: 12 },
      },
      tooltip: {
        backgroundColor: theme.ink,
        titleColor: theme.paper,
        bodyColor: theme.paper,
        titleFont: theme.font,
        bodyFont: theme.font,
        displayColors: false,
        callbacks: {
          title: ([item]) => (item ? pointAt(item.datasetIndex, item.dataIndex)?.title : ""),
          label: (item) => pointAt(item.datasetIndex, item.dataIndex)?.words ?? "",
        },
      },
    },
  });

  const merged = (config, theme, pointAt) => {
    const common = shared(theme, pointAt);
    const { options } = config;
    return {
      ...config,
      options: { ...common, ...options, plugins: { ...common.plugins, ...options.plugins } },
    };
  };

  /* The point to which an arrow leads from another: along its own line, else to the nearest one in that direction. */
  const next = (points, from, key) => {
    const along = key === "ArrowLeft" || key === "ArrowRight" ? "x" : "y";
    const across = along === "x" ? "y" : "x";
    const ahead = key === "ArrowRight" || key === "ArrowDown" ? 1 : -1;
    const [found] = points
      .filter((point) => (point[along] - from[along]) * ahead > 0)
      .map((point) => ({ point, off: Math.abs(point[across] - from[across]), far: Math.abs(point[along] - from[along]) }))
      .sort((a, b) => (along === "x" ? (a.off > 0) - (b.off > 0) : 0) || a.far - b.far || a.off - b.off);
    return found?.point ?? from;
  };
  const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

  const addElement = (parent, name, className, before = null) => {
    const element = document.createElement(name);
    element.className = className;
    parent.insertBefore(element, before);
    return element;
  };

  const start = (figure, number) => {
    const details = figure.querySelector("details");
    const data = read(figure.querySelector("table"));
    const kind = KINDS[figure.dataset.chart];
    const lines = new Map();
    for (const { group } of data.rows) lines.set(group, (lines.get(group) ?? 0) + 1);
    if (!kind || Math.max(...lines.values()) > MOST_ROWS) return;

    addElement(figure, "span", "chart-probe");
    if (!kind(data, themeOf(figure), figure.dataset).points.length) return;
    const caption = figure.querySelector("figcaption");
    const hint = figure.querySelector(".chart-hint");
    caption.id ||= `chart-${number}`;
    hint.id ||= `chart-${number}-hint`;
    const box = addElement(figure, "div", "chart-picture", hint);
    const canvas = addElement(box, "canvas", "");
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-labelledby", caption.id);
    canvas.setAttribute("aria-describedby", hint.id);
    const told = addElement(figure, "p", "chart-told", hint);
    told.setAttribute("role", "status");
    hint.hidden = false;

    let chart;
    let points;
    let chosen;
    const pointAt = (dataset, index) => points.find((point) => point.dataset === dataset && point.index === index);

    const mark = () => {
      const { dataset, index } = chosen;
      const active = [{ datasetIndex: dataset, index }];
      const { x, y } = chart.getDatasetMeta(dataset).data[index];
      chart.setActiveElements(active);
      chart.tooltip.setActiveElements(active, { x, y });
      chart.update("none");
    };
    const choose = (point) => {
      chosen = point;
      mark();
      const words = `${point.title}: ${point.words}`;
      if (point.address) {
        const link = document.createElement("a");
        link.href = point.address;
        link.textContent = words;
        told.replaceChildren(link);
      } else {
        told.textContent = words;
      }
    };
    const draw = () => {
      chart?.destroy();
      const theme = themeOf(figure);
      const drawn = kind(data, theme, figure.dataset);
      points = drawn.points;
      box.style.height = `${drawn.height}px`;
      chart = new Chart(canvas, merged(drawn.config, theme, pointAt));
      chart.options.onClick = (event, [element]) => {
        const point = element && pointAt(element.datasetIndex, element.index);
        if (point) choose(point);
      };
      if (chosen) mark();
    };
    canvas.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (ARROWS.includes(event.key)) choose(chosen ? next(points, chosen, event.key) : points[0]);
      else if (event.key === "Home") choose(points[0]);
      else if (event.key === "End") choose(points[points.length - 1]);
      else if (event.key === "Enter") told.querySelector("a")?.click();
      else return;
      event.preventDefault();
    });

    draw();
    figure.classList.add("is-drawn");
    details.open = false;

    for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)", "(prefers-contrast: more)"]) {
      window.matchMedia(query).addEventListener("change", draw);
    }
    new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    /* Paper is light, and shows the figures beside the picture. */
    let wasOpen = false;
    window.addEventListener("beforeprint", () => {
      wasOpen = details.open;
      details.open = true;
      figure.classList.add("is-printed");
      box.style.width = `${WIDTH_ON_PAPER}px`;
      draw();
    });
    window.addEventListener("afterprint", () => {
      details.open = wasOpen;
      figure.classList.remove("is-printed");
      box.style.width = "";
      draw();
    });
  };

  document.querySelectorAll("figure.chart").forEach(start);
})();
