// One person drawing: the history, what is selected, which tool is in hand. What a tap means is decided here, whether it
// came from a finger, a mouse or a key. Every finished change is saved once. Knows no page and no language.
import { begin, commit, redo, undo } from "./history.js";
import { actorOf, domainOf, equal, freshId, freshLabel, keyOf, lineOf, MOST, obstacle, reduce } from "./model.js";

const NOTHING = { places: [], keys: [], domain: null };
const LETTERS = { team: "t", role: "r", audience: "d" };

/**
 * @param {object} options
 * @param {any} options.drawing
 * @param {(drawing: any) => void} options.save
 * @param {any} options.words what is said of a change: `did`, `undone`, `redone`, `cannot`, `exists`, `fresh`
 */
export function createSession({ drawing, save, words, mode = "all" }) {
  const listeners = new Set();
  let state = { history: begin(drawing), selection: NOTHING, tool: "move", from: null, naming: null, list: false, mode, said: { text: "", undo: false } };

  const set = (patch) => {
    state = { ...state, ...patch };
    for (const listener of listeners) listener();
  };
  const present = () => state.history.present;
  const say = (text, undo = false) => ({ said: { text, undo } });

  /** What is still there of a selection. */
  const pruned = (now, { places, keys, domain }) => ({
    places: places.filter((id) => actorOf(now, id)),
    keys: keys.filter((key) => lineOf(now, key)),
    domain: domain && domainOf(now, domain) ? domain : null,
  });

  function go(history, said) {
    const from = state.from && actorOf(history.present, state.from) ? state.from : null;
    set({ history, selection: pruned(history.present, state.selection), from, naming: null, ...said });
  }

  const isAllowed = (action) => state.mode === "all" || ["draw", "change line", "turn"].includes(action.do) || (action.do === "remove" && !action.ids?.length && !action.domains?.length);

  /** Do something to the drawing. Gives whether anything changed. */
  function act(action, patch = {}) {
    if (!isAllowed(action)) return false;
    const before = present();
    const reason = obstacle(before, action);
    if (reason) {
      set(say(words.cannot(reason, MOST[reason])));
      return false;
    }
    const after = reduce(before, action);
    if (after === before) return false;
    const selection = pruned(after, { ...state.selection, ...patch.selection });
    set({ history: commit(state.history, after), ...say(words.did(action, before, after), action.do === "remove" || action.do === "join"), ...patch, selection });
    save(after);
    return true;
  }

  function travel(step, said) {
    const history = step(state.history);
    if (history === state.history) return;
    go(history, say(said));
    save(present());
  }

  const session = {
    get state() {
      return state;
    },
    get drawing() {
      return present();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set,
    act,
    say: (text) => set(say(text)),
    undo: () => travel(undo, words.undone()),
    redo: () => travel(redo, words.redone()),

    /** Take a drawing that Python set. It is one step that can be undone; one sent back undoes what was refused. */
    adopt(next) {
      if (equal(next, present())) return;
      const { past } = state.history;
      const sentBack = past.length && equal(past.at(-1), next);
      go(sentBack ? { past: past.slice(0, -1), present: next, future: [] } : commit(state.history, next), {});
    },

    select(selection, add = false) {
      const { places, keys } = { ...NOTHING, ...selection };
      const toggled = (list, more) => [...list.filter((one) => !more.includes(one)), ...more.filter((one) => !list.includes(one))];
      set({
        selection: add ? { places: toggled(state.selection.places, places), keys: toggled(state.selection.keys, keys), domain: null } : { ...NOTHING, ...selection },
        naming: null,
      });
    },
    selectAll: () => session.select({ places: present().actors.map(({ id }) => id) }),

    /** Take another tool; with one place selected, the line begins there. */
    setTool(tool) {
      const { places } = state.selection;
      const from = (tool === "line" || tool === "formal") && places.length === 1 ? places[0] : null;
      set({ tool, from, naming: null, ...say(tool === "line" || tool === "formal" ? words.tool(tool, actorOf(present(), from)) : "") });
    },

    /** A place was tapped, or Enter pressed on it. */
    tapPlace(id, { add = false } = {}) {
      if (state.tool !== "line" && state.tool !== "formal") session.select({ places: [id] }, add);
      else if (!state.from) set({ from: id, selection: { ...NOTHING, places: [id] }, ...say(words.tool(state.tool, actorOf(present(), id))) });
      else if (state.from === id) set({ from: null, ...say(words.tool(state.tool, null)) });
      else if (state.tool === "line") session.draw(state.from, id);
      else session.report(state.from, id);
    },
    tapLine: (key, { add = false } = {}) => session.select({ keys: [key] }, add),
    tapDomain: (id) => session.select({ domain: id }),
    tapGround: () => (state.from ? set({ from: null, ...say("") }) : session.select(NOTHING)),
    /** Escape: lay down what is in hand, one thing at a time. */
    leave() {
      if (state.from) set({ from: null, ...say("") });
      else if (state.tool !== "move") session.setTool("move");
      else session.select(NOTHING);
    },

    /** Draw a line; when there is one already, that one is selected. */
    draw(source, target) {
      const key = keyOf({ source, target });
      const patch = { selection: { ...NOTHING, keys: [key] }, from: null };
      if (!act({ do: "draw", source, target }, patch) && lineOf(present(), key)) set({ ...patch, ...say(words.exists(present(), source, target)) });
    },
    /** Put a place under a boss in the chart; once more, and it is taken out. The boss stays in hand. */
    report(boss, id) {
      const is = present().formal.some((pair) => pair[0] === boss && pair[1] === id);
      act({ do: "report", id, boss: is ? null : boss });
    },

    /** Add a place, and let its name be typed at once. */
    add(kind, spot, domain = null) {
      const drawing = present();
      const id = freshId(drawing, LETTERS[kind]);
      const label = freshLabel(drawing.actors, words.fresh(kind));
      act({ do: "add", actor: { id, label, kind, domain, ...spot } }, { selection: { ...NOTHING, places: [id] }, naming: id, tool: "move", from: null });
      return id;
    },
    /** Add a domain around the places that are selected. */
    addDomain() {
      const drawing = present();
      const id = freshId(drawing, "g");
      act({ do: "add domain", id, label: freshLabel(drawing.domains, words.fresh("domain")), members: state.selection.places }, { selection: { ...NOTHING, domain: id } });
      return id;
    },
    /** Make places one; the first of them stays. */
    join([into, ...ids]) {
      act({ do: "join", into, ids }, { selection: { ...NOTHING, places: [into] } });
    },
    removeSelected() {
      const { places, keys, domain } = state.selection;
      act({ do: "remove", ids: places, keys, domains: domain ? [domain] : [] });
    },
  };
  return session;
}
