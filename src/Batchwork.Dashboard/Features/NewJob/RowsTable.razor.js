// The table is one tab stop: arrow keys move between cells, Home and End to the ends of a row, Page Up and Down by a screen.
// Rows come and go while scrolling, so the place is remembered as row and column, not as an element.
const places = new WeakMap();

export function attach(grid) {
  const observer = new MutationObserver(() => keepTabStop(grid));
  observer.observe(grid, { childList: true, subtree: true });
  places.set(grid, { row: null, column: 0, held: false, observer });
  grid.addEventListener("focusin", event => remember(grid, event.target));
  grid.addEventListener("focusout", event => event.relatedTarget && !grid.contains(event.relatedTarget) && release(grid));
  document.addEventListener("pointerdown", event => !grid.contains(event.target) && release(grid));
  grid.addEventListener("keydown", event => move(grid, event));
  keepTabStop(grid);
}

export function show(grid, top) {
  grid.scrollTo({ top, behavior: "instant" });
}

export function restoreFocus(grid) {
  const cell = find(grid);
  if (cell && (document.activeElement === document.body || grid.contains(document.activeElement))) {
    cell.focus();
  }
}

const cellsOf = line => [...line.querySelectorAll("[data-cell]")];
const lineOf = element => element.closest("[role=row]");
const rowOf = line => Number(line.getAttribute("aria-rowindex"));

function remember(grid, element) {
  const line = lineOf(element);
  const place = places.get(grid);
  if (!line || !place) {
    return;
  }

  place.held = true;
  place.row = rowOf(line);
  const own = element.closest("[role=gridcell]");
  place.column = Math.max(0, [...line.querySelectorAll("[role=gridcell]")].indexOf(own));
  keepTabStop(grid);
}

function release(grid) {
  places.get(grid).held = false;
}

function find(grid) {
  const { row, column } = places.get(grid);
  const line = grid.querySelector(`[role=row][aria-rowindex="${row}"]`);
  return line ? line.querySelectorAll("[role=gridcell]")[column]?.querySelector("[data-cell]") ?? cellsOf(line)[0] : null;
}

function keepTabStop(grid) {
  const stop = find(grid) ?? grid.querySelector("[data-cell]");
  for (const cell of grid.querySelectorAll("[data-cell][tabindex='0']")) {
    if (cell !== stop) {
      cell.tabIndex = -1;
    }
  }

  if (stop) {
    stop.tabIndex = 0;
  }

  // A repaired row leaves the filtered table with the focus in it: go on at the nearest one, not at the top of the page.
  if (stop && places.get(grid)?.held && document.activeElement === document.body) {
    stop.focus({ preventScroll: true });
  }
}

function move(grid, event) {
  if (!event.target.matches("[data-cell]") || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }

  const line = lineOf(event.target);
  const cells = cellsOf(line);
  const at = cells.indexOf(event.target);
  const page = Math.max(1, Math.floor(grid.clientHeight / line.offsetHeight) - 2);
  const steps = { ArrowUp: -1, ArrowDown: 1, PageUp: -page, PageDown: page };
  const across = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: cells.length - 1 };
  if (event.key in across) {
    event.preventDefault();
    cells[Math.min(Math.max(across[event.key], 0), cells.length - 1)].focus();
  } else if (event.key in steps) {
    event.preventDefault();
    down(grid, line, at, steps[event.key]);
  } else if (event.key === "F2") {
    event.preventDefault();
    event.target.click();
  }
}

function down(grid, line, at, steps) {
  let target = line;
  for (let i = 0; i < Math.abs(steps); i++) {
    const next = steps > 0 ? target.nextElementSibling : target.previousElementSibling;
    if (!next?.querySelector("[data-cell]")) {
      break;
    }

    target = next;
  }

  const cells = cellsOf(target);
  cells[Math.min(at, cells.length - 1)]?.focus();
}
