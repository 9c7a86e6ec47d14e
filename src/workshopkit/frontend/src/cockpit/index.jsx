// The facilitator's page: one button for what comes next, what the room sees, what one can say, and who is how far.
import { useRef } from "preact/hooks";

import { MendLead, RelayLead } from "../lazy.jsx";
import { MapView } from "../views/map.jsx";
import { Saving, useSettle } from "../views/parts.jsx";
import { Entrance, Health } from "./door.jsx";
import { FromFile, Keep } from "./keeping.jsx";
import { led } from "./led.js";
import { Agreed, Examples, Findings } from "./moderation.jsx";
import { Notes } from "./notes.jsx";
import { Hints, Now, Steer, Steps } from "./now.jsx";
import { Plan } from "./plan.jsx";
import { Screen } from "./screen.jsx";
import { Teams } from "./teams.jsx";

export function Cockpit({ state: told, outbox, add, links, ask, lost }) {
  const state = led(told, outbox.ahead);
  const buttons = useRef(null);
  useSettle(buttons, state.act, state.part, state.sentence);
  return (
    <div class="cockpit">
      <div class="stack">
        <section class="card stack cockpit-now">
          <Health health={state.health} lost={lost} />
          <p class="muted">{state.subject}</p>
          <Now state={state} />
          <div class="stack" ref={buttons}>
            <Steps state={state} add={add} />
            <Steer state={state} add={add} />
          </div>
          <Hints state={state} />
          <Notes state={state} add={add} />
          <Saving outbox={outbox} />
        </section>
        {state.act === "message" && <RelayLead state={state} add={add} />}
        {state.act === "breakthrough" && <MendLead state={state} add={add} />}
        <Findings state={state} add={add} />
        <Teams state={state} />
        <Examples state={state} add={add} />
        <Agreed state={state} add={add} links={links} />
      </div>
      <div class="stack">
        <Screen state={state} add={add} links={links} />
        <Entrance state={state} add={add} />
        <Plan state={state} add={add} links={links} />
        {!state.anonymous && <FromFile ask={ask} state={state} />}
        <Keep state={state} add={add} links={links} />
      </div>
      {state.map_shown && state.map && (
        <section class="card cockpit-map">
          <MapView map={state.map} />
        </section>
      )}
    </div>
  );
}
