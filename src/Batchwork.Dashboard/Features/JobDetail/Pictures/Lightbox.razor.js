// Opens the dialog and lets single keys press its buttons: every key has one.
export function open(dialog) {
  dialog.showModal();
  dialog.focus();
  dialog.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey) {
      return;
    }
    const button = dialog.querySelector(`[data-key="${e.key.length === 1 ? e.key.toLowerCase() : e.key}"]`);
    if (button) {
      e.preventDefault();
      button.click();
    }
  });

  // Escape that the keyboard handler did not see, for example the back gesture of a phone.
  dialog.addEventListener("cancel", (e) => {
    e.preventDefault();
    dialog.querySelector('[data-key="Escape"]')?.click();
  });
}
