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
      showLost();
      break;
    case "paused":
    case "failed":
      showLost();
      comeBack(true);
      break;
    case "rejected":
    case "resume-failed":
      showLost();
      comeBack(false);
      break;
    case "hide":
      showBack();
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

async function comeBack(mayHaveCircuit) {
  if (isTrying) {
    return;
  }
  isTrying = true;
  while (!(await isServerThere())) {
    await wait(pause);
  }
  if (mayHaveCircuit && (await withinReason(findCircuit()))) {
    isTrying = false;
    showBack();
    return;
  }
  location.reload();
}

async function findCircuit() {
  try {
    return (await Blazor.reconnect()) || (await Blazor.resumeCircuit());
  } catch {
    // The server is there, our circuit is not.
    return false;
  }
}

// A promise of Blazor's that never settles must not keep the page lost.
function withinReason(attempt) {
  return Promise.race([attempt, wait(10_000).then(() => false)]);
}

function wait(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function isServerThere() {
  try {
    return (await fetch("health", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}
