// The reader's time zone: the server's own says nothing about them.
export function timeZone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
