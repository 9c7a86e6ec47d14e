// From one form to another and back, in the same place; at once for who wants no movement, and for who comes in later.
import { useLayoutEffect, useRef } from "preact/hooks";

const MOVE_MS = 1400;

const ease = (far) => far * far * (3 - 2 * far);

/**
 * @param {number} goal 0 or 1
 * @param {(far: number) => void} draw
 * @param {unknown} what is drawn: when it is another one, it is drawn anew
 */
export function useMoving(goal, draw, what) {
  const far = useRef(goal);
  useLayoutEffect(() => {
    const set = (value) => {
      far.current = value;
      draw(ease(value));
    };
    if (far.current === goal || matchMedia("(prefers-reduced-motion: reduce)").matches) {
      set(goal);
      return undefined;
    }
    const start = performance.now();
    const from = far.current;
    set(from);
    let frame = requestAnimationFrame(function step(now) {
      const part = Math.min(1, Math.max(0, now - start) / MOVE_MS);
      set(from + (goal - from) * part);
      if (part < 1) frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [goal, what]);
}
