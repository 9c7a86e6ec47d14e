// A page without a kernel asks now and then whether the facilitator calls everybody back, and then goes to the workshop.
const ASK_MS = 4000;

export function listen() {
  const { called, home } = document.body.dataset;
  if (!called) return;
  let known;
  const ask = async () => {
    try {
      const { called: seq } = await (await fetch(called, { cache: "no-store" })).json();
      if (known !== undefined && seq !== known) location.assign(home);
      known ??= seq;
    } catch {
      // No connection: asked again.
    }
  };
  setInterval(() => document.hidden || ask(), ASK_MS);
  document.addEventListener("visibilitychange", () => document.hidden || ask());
  ask();
}
