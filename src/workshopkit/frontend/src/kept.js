// What was typed and not yet sent: it survives a reload, on this device only.
import { useEffect, useState } from "preact/hooks";

/**
 * @template T
 * @param {string} name
 * @param {T} empty
 * @returns {[T, (value: T) => void]}
 */
export function useKept(name, empty) {
  const key = `workshopkit:${name}`;
  const [value, set] = useState(() => {
    try {
      return { ...empty, ...JSON.parse(localStorage.getItem(key) ?? "{}") };
    } catch {
      return empty;
    }
  });
  useEffect(() => {
    try {
      if (value === empty) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(value));
    } catch {
      // Full or forbidden: it lives as long as the page.
    }
  }, [value]);
  return [value, set];
}
