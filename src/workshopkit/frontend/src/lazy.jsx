// What phone and wall show only at its moment is a piece of its own, loaded before it is shown the first time.
import { useEffect, useState } from "preact/hooks";

const AGAIN_MS = 3000;

/** A piece: where it is, how it is loaded, and views out of it. */
function piece() {
  let address = "";
  let tries = 0;
  let views = null;
  let loading = null;
  /** Load it; again and again, for a phone is not always in reach. */
  function load() {
    // A browser remembers of an address that it did not load.
    loading ??= import(tries ? `${address}&again=${tries}` : address).then(
      (found) => {
        views = found;
      },
      () => {
        tries += 1;
        return new Promise((later) => setTimeout(later, AGAIN_MS)).then(() => {
          loading = null;
          return load();
        });
      },
    );
    return loading;
  }
  const view = (name) => (props) => {
    const [, draw] = useState(false);
    // Also where it was loaded between the first drawing and now.
    useEffect(() => {
      load().then(() => draw(true));
    }, []);
    const View = views?.[name];
    return View && <View {...props} />;
  };
  return {
    /** @param {string} url with the hash of its content */
    at: (url) => {
      address = url;
    },
    load,
    view,
  };
}

export const figures = piece();
export const mend = piece();
export const relay = piece();
export const Figure = figures.view("Figure");
export const MendLead = mend.view("MendLead");
export const MendPhone = mend.view("MendPhone");
export const MendWall = mend.view("MendWall");
export const RelayLead = relay.view("RelayLead");
export const RelayPhone = relay.view("RelayPhone");
export const RelayWall = relay.view("RelayWall");
