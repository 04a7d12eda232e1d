// Sends the two forms in the background: with progress, and without the page's circuit, so that a lost connection loses nothing.
export function attach(root) {
  const drop = root.querySelector("[data-drop]");
  const typed = root.querySelector("[data-typed]");
  const file = drop.querySelector("input[type=file]");
  root.dataset.live = "";

  file.addEventListener("change", () => file.files.length > 0 && send(root, drop, file.files[0]));
  drop.addEventListener("submit", event => {
    event.preventDefault();
    if (file.files.length > 0) {
      send(root, drop, file.files[0]);
    }
  });
  typed.addEventListener("submit", event => {
    event.preventDefault();
    send(root, typed, null);
  });

  const over = event => {
    if (event.dataTransfer?.types.includes("Files")) {
      event.preventDefault();
      drop.dataset.over = "";
    }
  };
  drop.addEventListener("dragenter", over);
  drop.addEventListener("dragover", over);
  drop.addEventListener("dragleave", event => !drop.contains(event.relatedTarget) && delete drop.dataset.over);
  drop.addEventListener("drop", event => {
    event.preventDefault();
    delete drop.dataset.over;
    const dropped = event.dataTransfer.files;
    if (dropped.length === 1) {
      send(root, drop, dropped[0]);
    } else if (dropped.length > 1) {
      refuse(root, { title: "Drop one file at a time.", faults: [] });
    }
  });

  // Chosen before this script was there to hear of it.
  if (file.files.length > 0) {
    send(root, drop, file.files[0]);
  }
}

function send(root, form, file) {
  if (root.dataset.busy !== undefined) {
    return;
  }

  clear(root);
  if (file && file.size > Number(root.dataset.maxBytes)) {
    refuse(root, { title: `“${file.name}” was not sent.`, faults: [`It is larger than ${root.dataset.maxText} MiB, the limit. Split it into several files.`] });
    return;
  }

  const data = new FormData();
  if (file) {
    data.append("sheet", file, file.name);
  } else {
    data.append("prompts", form.querySelector("textarea").value);
  }

  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.setRequestHeader("RequestVerificationToken", form.querySelector("input[name=__RequestVerificationToken]")?.value ?? "");
  request.responseType = "json";
  request.upload.addEventListener("progress", event => progress(root, event.loaded, event.total));
  request.addEventListener("load", () => finish(root, request));
  request.addEventListener("error", () => refuse(root, { title: "The upload broke off. Nothing was stored.", faults: ["Check the connection and send the file again."] }));
  request.addEventListener("loadend", () => delete root.dataset.busy);
  root.dataset.busy = "";
  progress(root, 0, file?.size ?? 0);
  request.send(data);
}

function finish(root, request) {
  if (request.status === 200) {
    text(root, "Opening the draft …");
    globalThis.Blazor.navigateTo(request.response.location);
    return;
  }

  if (request.status === 401 || request.responseURL.includes("/sign-in")) {
    refuse(root, { title: "You were signed out meanwhile. Nothing was stored.", faults: ["Sign in again and send the file once more."] });
    return;
  }

  const answer = request.response ?? {};
  refuse(root, { title: answer.title ?? "The server did not take the file in.", faults: answer.faults ?? [answer.detail ?? "Reload the page and try again."], more: answer.more });
}

function progress(root, loaded, total) {
  const region = root.querySelector("[data-progress]");
  const bar = root.querySelector("[data-progress-bar]");
  region.hidden = false;
  const mebibytes = bytes => (bytes / 1048576).toLocaleString(undefined, { maximumFractionDigits: 1 });
  if (total > 0 && loaded >= total) {
    bar.removeAttribute("value");
    text(root, "Reading and checking the rows …");
  } else {
    bar.value = total > 0 ? loaded / total : 0;
    text(root, `Uploading: ${mebibytes(loaded)} of ${mebibytes(total)} MiB`);
  }
}

function text(root, message) {
  root.querySelector("[data-progress-text]").textContent = message;
}

function clear(root) {
  root.querySelector("[data-progress]").hidden = true;
  root.querySelector("[data-refusal]").replaceChildren();
}

// Text only: file names and cells come from strangers.
function refuse(root, { title, faults, more }) {
  clear(root);
  const heading = document.createElement("p");
  heading.className = "drop-refusal-title";
  heading.textContent = title;
  const list = document.createElement("ul");
  for (const fault of faults) {
    const item = document.createElement("li");
    item.textContent = fault;
    list.append(item);
  }

  if (more > 0) {
    const item = document.createElement("li");
    item.textContent = `and ${more.toLocaleString()} more`;
    list.append(item);
  }

  root.querySelector("[data-refusal]").append(heading, list);
  const file = root.querySelector("input[type=file]");
  file.value = "";
}
