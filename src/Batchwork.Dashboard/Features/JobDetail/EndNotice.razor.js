export function permission() {
  return "Notification" in window && window.isSecureContext ? Notification.permission : "denied";
}

export function ask() {
  return Notification.requestPermission();
}

export function tell(title, body) {
  try {
    const notice = new Notification(title, { body, icon: "/apple-touch-icon.png", tag: location.pathname });
    notice.onclick = () => {
      window.focus();
      notice.close();
    };
  } catch {
    // Some phones offer notices to installed apps only.
  }
}
