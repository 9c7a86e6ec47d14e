// Light or dark: the phone's choice, until somebody taps the button.
const KEY = "workshopkit:theme";

export function startTheme() {
  const button = document.getElementById("theme");
  const chosen = read();
  if (chosen) document.documentElement.dataset.theme = chosen;
  if (!button) return;
  const isDark = () => {
    const { theme } = document.documentElement.dataset;
    return theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  };
  const tell = () => button.setAttribute("aria-pressed", String(isDark()));
  button.hidden = false;
  tell();
  button.addEventListener("click", () => {
    const next = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    tell();
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // No storage: the choice holds for this page.
    }
  });
}

function read() {
  try {
    const found = localStorage.getItem(KEY);
    return found === "light" || found === "dark" ? found : null;
  } catch {
    return null;
  }
}
