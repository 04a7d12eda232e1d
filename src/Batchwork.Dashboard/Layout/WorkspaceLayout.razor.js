// The colours of the next page load come from the server; this changes those of the page that is open.
export function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
}
