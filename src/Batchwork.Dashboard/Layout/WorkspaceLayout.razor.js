// What only the browser knows. The first picture waits for it.
export function facts() {
  return {
    isDark: matchMedia("(prefers-color-scheme: dark)").matches,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

// The colours of the next page load come from the server; this changes those of the page that is open.
export function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
}
