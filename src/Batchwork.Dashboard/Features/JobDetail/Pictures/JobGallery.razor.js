// Keeps a gallery of any length quick: measures what is in sight, asks the page for these lines, and lets arrow keys walk the grid.

const GAP = 12;
const CAPTION = 24;
const SPARE_LINES = 2;
const TALLEST = 15000000; // browsers cut elements somewhere above this many pixels
const SIZE_KEY = "bw-picture-size";

export function start(root, slider, page) {
  return new Grid(root, slider, page);
}

class Grid {
  constructor(root, slider, page) {
    this.root = root;
    this.list = root.querySelector("ul");
    this.slider = slider;
    this.page = page;
    this.active = 0;
    this.abort = new AbortController();
    this.slider.value = readSize();
    this.size = Number(this.slider.value);

    const { signal } = this.abort;
    const later = () => this.schedule();
    document.addEventListener("scroll", later, { signal, passive: true, capture: true });
    window.addEventListener("resize", later, { signal });
    this.slider.addEventListener("input", () => this.resize(Number(this.slider.value)), { signal });
    this.list.addEventListener("keydown", (e) => this.walk(e), { signal });
    this.list.addEventListener("focusin", (e) => this.enter(e), { signal });
    this.resizes = new ResizeObserver(later);
    this.resizes.observe(root);
    this.changes = new MutationObserver(() => this.settle());
    this.changes.observe(this.list, { childList: true });
    this.totals = new MutationObserver(later);
    this.totals.observe(root, { attributeFilter: ["data-total"] });
    this.look();
  }

  stop() {
    this.abort.abort();
    this.resizes.disconnect();
    this.changes.disconnect();
    this.totals.disconnect();
    cancelAnimationFrame(this.frame);
  }

  // Brings a place into sight.
  show(place) {
    this.scrollTo(place);
  }

  // Gives a picture the focus, once it is there.
  focus(place) {
    this.wanted = { place, step: 1 };
    this.scrollTo(place);
    this.settle();
  }

  get total() {
    return Number(this.root.dataset.total);
  }

  schedule() {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.look());
  }

  resize(size) {
    const first = this.firstPlace();
    this.size = size;
    writeSize(size);
    this.measure();
    if (first > 0) {
      this.scrollTo(first);
    }
    this.look();
  }

  measure() {
    const width = this.root.clientWidth;
    const lineOf = (columns) => (width - GAP * (columns - 1)) / columns + CAPTION + GAP;
    let columns = Math.max(1, Math.floor((width + GAP) / (this.size + GAP)));
    while (columns < 100 && Math.ceil(this.total / columns) * lineOf(columns) > TALLEST) {
      columns++;
    }
    this.columns = columns;
    this.line = lineOf(columns);
    this.lines = Math.ceil(this.total / columns);
    this.root.style.height = `${Math.max(0, this.lines * this.line - GAP)}px`;
    this.root.style.setProperty("--columns", columns);
    this.root.style.setProperty("--line", `${this.line}px`);
  }

  firstPlace() {
    return Math.max(0, Math.floor(-this.root.getBoundingClientRect().top / this.line)) * this.columns;
  }

  // Says what is in sight, if it is not what was said last. One question at a time: while the page answers, the next look waits.
  async look() {
    if (this.asking || this.abort.signal.aborted || this.root.clientWidth === 0) {
      this.again = this.asking;
      return;
    }
    this.measure();
    const box = this.root.getBoundingClientRect();
    const first = Math.max(0, Math.floor(-box.top / this.line) - SPARE_LINES);
    const last = Math.min(this.lines, Math.ceil((window.innerHeight - box.top) / this.line) + SPARE_LINES);
    const sight = [this.columns, first, Math.max(1, last - first), box.top < -this.line / 2];
    if (sight.join() === this.said) {
      return;
    }
    this.said = sight.join();
    this.asking = true;
    try {
      await this.page.invokeMethodAsync("ShowAsync", ...sight);
    } catch {
      this.said = undefined; // the circuit is away; it is asked again with the next scroll
    } finally {
      this.asking = false;
    }
    if (this.again) {
      this.again = false;
      this.schedule();
    }
  }

  scrollTo(place) {
    const header = 72;
    const top = this.root.getBoundingClientRect().top + Math.floor(place / this.columns) * this.line;
    if (top < header || top + this.line > window.innerHeight) {
      window.scrollBy({ top: top - header, behavior: "instant" });
    }
  }

  links() {
    return [...this.list.querySelectorAll("li[data-place] > a")];
  }

  // Whether a place, filled or not, is in the page at the moment.
  hasPlace(place) {
    const first = this.list.firstElementChild?.dataset.place;
    const last = this.list.lastElementChild?.dataset.place;
    return first !== undefined && place >= Number(first) && place <= Number(last);
  }

  // After the page has rendered: one picture can be reached with Tab, and one that was walked to gets the focus.
  settle() {
    const links = this.links();
    if (this.wanted && this.hasPlace(this.wanted.place)) {
      const { place, step } = this.wanted;
      const ahead = links.find((a) => placeOf(a) >= place);
      const behind = links.findLast((a) => placeOf(a) <= place);
      const found = step > 0 ? ahead ?? behind : behind ?? ahead;
      this.wanted = undefined;
      if (found) {
        found.focus({ preventScroll: true });
        this.scrollTo(placeOf(found));
      }
    }
    const stop = links.find((a) => placeOf(a) === this.active) ?? links[0];
    for (const link of links) {
      link.tabIndex = link === stop ? 0 : -1;
    }
  }

  enter(e) {
    const link = e.target.closest("a");
    if (link) {
      this.active = placeOf(link);
      this.settle();
    }
  }

  walk(e) {
    const page = Math.max(1, Math.floor(window.innerHeight / this.line) - 1) * this.columns;
    const steps = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -this.columns,
      ArrowDown: this.columns,
      PageUp: -page,
      PageDown: page,
      Home: -this.total,
      End: this.total,
    };
    const step = steps[e.key];
    if (step === undefined || e.ctrlKey || e.metaKey || e.altKey) {
      return;
    }
    e.preventDefault();
    const place = Math.min(Math.max(this.active + step, 0), this.total - 1);
    this.wanted = { place, step: e.key === "End" ? -1 : e.key === "Home" ? 1 : step };
    this.scrollTo(place);
    this.settle();
  }
}

function placeOf(link) {
  return Number(link.parentElement.dataset.place);
}

// A private window may forbid storage; the size is then the usual one.
function readSize() {
  try {
    return localStorage.getItem(SIZE_KEY) ?? usualSize();
  } catch {
    return usualSize();
  }
}

// Two pictures beside each other on a phone.
function usualSize() {
  return window.innerWidth < 600 ? "144" : "176";
}

function writeSize(size) {
  try {
    localStorage.setItem(SIZE_KEY, size);
  } catch {
    // Not kept, then.
  }
}
