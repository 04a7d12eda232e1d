// Asks the server what to sign, the browser to sign it, and sends the form with the answer.
for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(form);
  });
}

async function ask(form) {
  const button = form.querySelector("button");
  const fault = form.querySelector("[role=alert]");
  fault.hidden = true;
  button.disabled = true;
  try {
    form.elements.credential.value = JSON.stringify(await credential(form));
    form.submit();
  } catch (error) {
    fault.textContent = words(error);
    fault.hidden = false;
    button.disabled = false;
  }
}

async function credential(form) {
  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) {
    throw new Error("unsupported");
  }
  const answer = await fetch(form.dataset.options, {
    method: "POST",
    headers: { RequestVerificationToken: form.elements.__RequestVerificationToken.value },
  });
  if (!answer.ok) {
    throw new Error(answer.status === 403 ? "proof" : "server");
  }
  const options = await answer.json();
  return form.dataset.passkey === "create"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

function words(error) {
  if (error.message === "unsupported") {
    return window.isSecureContext ? "This browser does not know passkeys." : "Passkeys need https.";
  }
  if (error.message === "proof") {
    location.href = `/account/confirm?returnUrl=${encodeURIComponent(location.pathname)}`;
    return "Show first that it is you.";
  }
  switch (error.name) {
    case "NotAllowedError":
      return "Nothing was changed: it was cancelled, or took too long.";
    case "InvalidStateError":
      return "This device has a passkey for your account already.";
    case "SecurityError":
      return "The browser does not trust this address for passkeys: they need https and a name.";
    default:
      return "It did not work. Nothing was changed. Reload the page and try again.";
  }
}
