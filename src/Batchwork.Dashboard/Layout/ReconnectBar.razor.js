// Blazor gives up after some tries; a laptop that slept all night should come back all the same. So when it does, we ask the server whether it
// is there, and then for our circuit, for its stored state, and last for the page at the same address. The page is never thrown away while the
// server cannot be reached: a reload would then show the browser's own error page.
const bar = document.getElementById("components-reconnect-modal");
const pause = 3000;
let isTrying = false;
let isLost = false;

bar.addEventListener("components-reconnect-state-changed", (event) => {
  switch (event.detail.state) {
    case "show":
    case "paused":
      showLost();
      if (event.detail.state === "paused") {
        tryForEver();
      }
      break;
    case "hide":
      showBack();
      break;
    case "failed":
    case "rejected":
    case "resume-failed":
      showLost();
      tryForEver();
      break;
  }
});

function showLost() {
  isLost = true;
  bar.dataset.state = "lost";
}

function showBack() {
  if (!isLost) {
    return;
  }
  isLost = false;
  bar.dataset.state = "back";
  setTimeout(() => {
    if (!isLost) {
      delete bar.dataset.state;
    }
  }, 2500);
}

async function tryForEver() {
  if (isTrying) {
    return;
  }
  isTrying = true;
  while (!(await isServerThere())) {
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  try {
    if ((await Blazor.reconnect()) || (await Blazor.resumeCircuit())) {
      isTrying = false;
      showBack();
      return;
    }
  } catch {
    // Fall through: the server is there, our circuit is not.
  }
  location.reload();
}

async function isServerThere() {
  try {
    return (await fetch("health", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}
